using System.Text;
using System.Text.Json;
using Parker.Api.Client;
using Parker.Api.Inspection;
using Parker.Daemon.Tests;
using Parker.Inspect.Tests.Synthetic;
using Parker.Machine;

namespace Parker.Cli.Tests.Verbs;

/// <summary>The verbs that look into a partition, from the command line through the daemon to the memory.</summary>
public sealed class InspectionVerbTests : IDisposable
{
    private readonly TestServer _server = new();
    private SyntheticKernel? _kernel;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Log_is_printed_as_dmesg_does_and_what_controls_a_terminal_is_not()
    {
        StartKernel();
        _kernel!.Log("Linux version 6.12", level: 5);
        _kernel.Log("two\nlines \u001b[31m", level: 3);
        CopyMemory();
        ProgramRun run = Run("log", "db");
        Assert.Equal("[    0.000000] Linux version 6.12\n[    0.000001] two\n[    0.000001] lines ?[31m\n", run.Output.ReplaceLineEndings("\n"));
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains("[    0.000001] error         T42     two", Run("log", "db", "--decode").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_as_json_has_all_that_belongs_to_a_record()
    {
        StartKernel();
        _kernel!.Log("pci 0000:01:00.0: found", level: 6, device: "+pci:0000:01:00.0");
        CopyMemory();
        using JsonDocument json = JsonDocument.Parse(Run("log", "db", "-o", "json").Output);
        Assert.Equal("ring", json.RootElement.GetProperty("source").GetString());
        JsonElement record = Assert.Single(json.RootElement.GetProperty("records").EnumerateArray());
        Assert.Equal("informational", record.GetProperty("level").GetString());
        Assert.Equal("+pci:0000:01:00.0", record.GetProperty("device").GetString());
        Assert.Equal(42, record.GetProperty("thread_id").GetInt32());
    }

    [Fact]
    public void Log_after_a_position_has_what_came_since_and_a_position_of_another_boot_is_refused()
    {
        StartKernel();
        _kernel!.Log("first");
        CopyMemory();
        ParkerClient client = new(_server.Socket);
        LogDocument first = client.Log(TestServer.Name);
        Assert.Empty(client.Log(TestServer.Name, first.Position!, TimeSpan.FromMilliseconds(1)).Records);
        _kernel.Log("second");
        CopyMemory();
        Assert.Equal("second", Assert.Single(client.Log(TestServer.Name, first.Position!, TimeSpan.FromSeconds(1)).Records).Text);
        ProblemException refused = Assert.Throws<ProblemException>(() => client.Log(TestServer.Name, Guid.Empty.ToString("N") + ".0.0.0", TimeSpan.Zero));
        Assert.Equal("INS009", Assert.Single(refused.Problem.Diagnostics).Id);
    }

    [Fact]
    public void Log_of_a_kernel_that_did_not_get_far_is_its_texts_and_says_so()
    {
        StartKernel();
        byte[] block = [.. BitConverter.GetBytes(0xFFFF_F000UL), .. Encoding.ASCII.GetBytes("Linux version 6.12.95 (x)")];
        _server.Machine.Memory.Write(new PhysicalAddress(Start()), block);
        ProgramRun run = Run("log", "db");
        Assert.Equal("Linux version 6.12.95 (x)", run.Output.Trim());
        Assert.Contains("without times and levels", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("log")]
    [InlineData("ps")]
    public void Partition_that_was_not_started_is_refused(string verb)
    {
        _server.Define();
        Run(verb, "db").AssertFailed(ExitCode.Refused, "INS008", "parker start db");
    }

    [Fact]
    public void Ps_of_a_kernel_that_does_not_name_its_symbols_is_refused_with_the_reason()
    {
        StartKernel();
        CopyMemory();
        Run("ps", "db").AssertFailed(ExitCode.Refused, "INS005");
    }

    [Theory]
    [InlineData("log", "nobody")]
    [InlineData("ps", "nobody")]
    public void Partition_that_is_not_there_is_refused(params string[] args) => Run(args).AssertFailed(ExitCode.Refused, "RUN001");

    private void StartKernel()
    {
        _server.DefineAndStart();
        _kernel = new SyntheticKernel(start: Start());
    }

    private ulong Start() => _server.Command().PlanOf(TestServer.Name).PrimaryRange.Start.Value + (128UL << 20);

    private void CopyMemory() => _server.Machine.Memory.Write(_kernel!.Memory.Start, _kernel.Memory.Bytes);

    private ProgramRun Run(params string[] args) => ProgramRun.On(_server.Socket, args);
}
