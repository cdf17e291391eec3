using System.Text.Json;
using Parker.Api.Client;
using Parker.Api.Inspection;
using Parker.Daemon.Tests;
using Parker.Inspect.Cores;
using Parker.Inspect.Kernels;
using Parker.Inspect.Tests.Synthetic;
using Parker.Machine.Diagnostics;
using ZstdSharp;

namespace Parker.Cli.Tests.Verbs;

public sealed class DumpVerbTests : IDisposable
{
    private readonly TestServer _server = new();
    private readonly TemporaryFolder _folder = new();

    private string Target => _folder["db.core"];

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Dump_is_the_clients_file_sparse_and_holds_the_kernel()
    {
        StartKernel();
        ProgramRun run = ProgramRun.On(_server.Socket, "dump", "db", Target);
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains($"Dumped db (starting) to {Target}", run.Output, StringComparison.Ordinal);
        Assert.Contains(SyntheticKernel.Release, run.Output, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        Assert.Equal(["db.core"], _folder.Names);
        using FileStream stream = File.OpenRead(Target);
        AssertHoldsKernel(stream);
    }

    [Fact]
    public void Log_and_ps_look_into_a_dump_without_a_daemon()
    {
        StartKernel();
        Assert.Equal(ExitCode.Done, ProgramRun.On(_server.Socket, "dump", "db", Target).ExitCode);
        Assert.Equal(ProgramRun.On(_server.Socket, "log", "db"), ProgramRun.Of("log", "--core", Target));
        ProgramRun.Of("ps", "--core", Target).AssertFailed(ExitCode.Refused, "INS005");
        ProgramRun.Of("log", "--core", _folder.Write("text", "no core")).AssertFailed(ExitCode.Refused, "INS011");
        ProgramRun.Of("log", "--core", _folder["nothing"]).AssertFailed(ExitCode.Failed, "nothing");
        ProgramRun.Of("log", "db", "--core", Target).AssertFailed(ExitCode.Usage, "exclude each other");
        ProgramRun.Of("log").AssertFailed(ExitCode.Usage, "--core FILE");
    }

    [Fact]
    public void Dump_with_zstd_unpacks_to_the_same()
    {
        StartKernel();
        ProgramRun run = ProgramRun.On(_server.Socket, "dump", "db", Target, "--zstd", "-o", "json");
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(SyntheticKernel.Release, json.RootElement.GetProperty("release").GetString());
        Assert.Equal(0, json.RootElement.GetProperty("register_notes").GetInt32());
        using FileStream packed = File.OpenRead(Target);
        Assert.Equal(packed.Length, json.RootElement.GetProperty("file_bytes").GetInt64());
        using DecompressionStream unpacker = new(packed);
        using MemoryStream unpacked = new();
        unpacker.CopyTo(unpacked);
        Assert.Equal(unpacked.Length, json.RootElement.GetProperty("length_bytes").GetInt64());
        AssertHoldsKernel(unpacked);
    }

    [Fact]
    public void File_that_is_there_is_kept_unless_it_is_to_be_replaced()
    {
        StartKernel();
        File.WriteAllText(Target, "mine");
        ProgramRun.On(_server.Socket, "dump", "db", Target).AssertFailed(ExitCode.Refused, "--force");
        Assert.Equal("mine", File.ReadAllText(Target));
        Assert.Equal(ExitCode.Done, ProgramRun.On(_server.Socket, "dump", "db", Target, "--force").ExitCode);
        Assert.NotEqual(4, new FileInfo(Target).Length);
    }

    [Fact]
    public void Dump_that_is_refused_leaves_no_file()
    {
        _server.Define();
        ProgramRun.On(_server.Socket, "dump", "db", Target).AssertFailed(ExitCode.Refused, "INS008");
        ProgramRun.On(_server.Socket, "dump", "nobody", Target).AssertFailed(ExitCode.Refused, "RUN001");
        ProgramRun.Of("dump", "db", Target).AssertFailed(ExitCode.NoAccess, "No daemon");
        ProgramRun.On(_server.Socket, "dump", "db", _folder["no/where"]).AssertFailed(ExitCode.Failed, "its directory does not exist");
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Api_writes_to_a_new_file_of_a_whole_path_and_to_nothing_else()
    {
        StartKernel();
        ParkerClient client = new(_server.Socket);
        Assert.Equal("INS010", Refused(client, new DumpRequest { Path = "relative" }));
        Assert.Equal("INS010", Refused(client, new DumpRequest()));
        Assert.Equal("INS010", Refused(client, new DumpRequest { Path = Target, Descriptor = 1 }));
        Assert.Equal("INS010", Refused(client, new DumpRequest { Descriptor = 65000 }));
        DumpDocument dump = client.Dump(TestServer.Name, new DumpRequest { Path = Target });
        Assert.Equal((long)dump.LengthBytes, new FileInfo(Target).Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        ProblemException there = Assert.Throws<ProblemException>(() => client.Dump(TestServer.Name, new DumpRequest { Path = Target }));
        Assert.Equal(500, there.Problem.Status);
        using FileStream full = File.OpenRead(Target);
        Assert.Equal("INS010", Refused(client, new DumpRequest { Descriptor = (int)full.SafeFileHandle.DangerousGetHandle() }));
        AssertHoldsKernel(full);
    }

    [Fact]
    public void Dump_of_a_partition_that_gives_its_memory_back_meanwhile_fails()
    {
        StartKernel();
        string socket = _server.Socket;
        int destroyed = 0;
        _server.Machine.Memory.BulkRead = () =>
        {
            if (Interlocked.Exchange(ref destroyed, 1) == 0)
            {
                new ParkerClient(socket).Destroy(TestServer.Name, evenIfRunning: true);
            }
        };
        ProgramRun.On(socket, "dump", "db", Target).AssertFailed(ExitCode.Refused, "RUN001");
        Assert.Empty(_folder.Names);
    }

    private static string Refused(ParkerClient client, DumpRequest request) =>
        Assert.Single(Assert.Throws<ProblemException>(() => client.Dump(TestServer.Name, request)).Problem.Diagnostics).Id;

    private static void AssertHoldsKernel(Stream stream)
    {
        DiagnosticBag diagnostics = [];
        CoreMemory core = CoreMemory.TryOpen(stream, "core", diagnostics)!;
        ApplicationKernel kernel = ApplicationKernel.TryOpen(core, null, diagnostics)!;
        Assert.Empty(diagnostics);
        Assert.Equal("the only record", Assert.Single(kernel.TryOpenLog(diagnostics)!.Read(default, includeOpen: true).Records).Text);
    }

    private void StartKernel()
    {
        _server.DefineAndStart();
        SyntheticKernel kernel = new(start: _server.Command().PlanOf(TestServer.Name).PrimaryRange.Start.Value + (128UL << 20));
        kernel.Log("the only record");
        _server.Machine.Memory.Write(kernel.Memory.Start, kernel.Memory.Bytes);
    }
}
