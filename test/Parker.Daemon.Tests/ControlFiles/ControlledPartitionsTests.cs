using Parker.ControlFs.Tree;
using Parker.Daemon.ControlFiles;
using Parker.Daemon.Events;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Runtime;
using Parker.Runtime.Journal;
using Parker.Runtime.Tests;

namespace Parker.Daemon.Tests.ControlFiles;

public sealed class ControlledPartitionsTests : IDisposable
{
    private readonly TestServer _server = new();
    private readonly List<string> _notes = [];

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("4-5", "", "", "")]
    [InlineData("", "256M", "", "")]
    [InlineData("", "256M@0x400000000", "", "")]
    [InlineData("", "", "0000:01:00.0", "")]
    [InlineData("4", "256M", "", "")]
    [InlineData("99", "", "", "FIT011")]
    [InlineData("", "64G", "", "FIT022")]
    [InlineData("", "much", "", "REQ003")]
    [InlineData("", "", "0000:77:00.0", "FIT003")]
    [InlineData("", "", "0000:00:1f.2", "BUS001")]
    public void Unfinished_drafts_are_checked_as_far_as_can_be(string cpus, string memory, string device, string id)
    {
        ControlledPartitions partitions = Partitions();
        PartitionDraft draft = new() { Name = TestServer.Name, Cpus = CpuSet.Parse(cpus), Memory = memory, Devices = device.Length == 0 ? [] : [PciAddress.Parse(device)] };
        Assert.Equal(id, IdOf(() => partitions.Check(draft)));
        Assert.Empty(_server.ReadJournal());
    }

    [Fact]
    public void Kernel_that_is_none_is_told_when_it_is_written()
    {
        ControlledPartitions partitions = Partitions();
        _server.Images.Refusal = new Diagnostic("IMG003", DiagnosticSeverity.Error, "/boot/vmlinuz", "It is no bzImage.");
        Assert.Equal("IMG003", IdOf(() => partitions.Check(new PartitionDraft { Name = TestServer.Name, Kernel = "/boot/vmlinuz" })));
    }

    [Fact]
    public void One_cpu_is_that_cpu_and_no_count()
    {
        ControlledPartitions partitions = Partitions();
        partitions.Define(Draft with { Cpus = CpuSet.Of(6) });
        Assert.Equal(6, Assert.Single(partitions.Find(TestServer.Name)!.Plan.Cpus).Number);
        Assert.Contains("PLAN009", Assert.Single(_notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Defined_anew_it_keeps_what_no_file_says()
    {
        ControlledPartitions partitions = Partitions();
        _server.Service.Create(TestServer.Request(devices: "0000:01:00.0") with { Autostart = true, Dump = true, Restart = "always", Uart = "0x2f8" }, dryRun: false, []);
        ControlledPartition before = partitions.Find(TestServer.Name)!;
        Assert.Null(PartitionDraft.Of(before).CpusMax);
        partitions.Define(PartitionDraft.Of(before) with { Memory = "512M", CpusMax = 3 });
        partitions.Define(PartitionDraft.Of(partitions.Find(TestServer.Name)!));
        PartitionDefined anew = _server.ReadJournal().OfType<PartitionDefined>().Last();
        Assert.Equal(new PartitionPolicy(RestartPolicy.Always, Autostart: true, Dump: true), anew.Policy);
        Assert.Equal((ushort)0x2f8, anew.Plan.UartPort);
        Assert.Equal(3, anew.Plan.CpusMax);
        Assert.Equal(ByteSize.FromMebibytes(512), anew.Plan.PrimaryRange.Length);
        Assert.Equal(before.Plan.Buses.Single().Functions, anew.Plan.Buses.Single().Functions);
        Assert.Equal(before.Plan.LowSlot, anew.Plan.LowSlot);
    }

    [Fact]
    public void Refusals_are_those_of_the_other_doors_and_what_holds_the_machine_is_not_defined_anew()
    {
        ControlledPartitions partitions = Partitions();
        Assert.Equal("RUN001", IdOf(() => partitions.Start(TestServer.Name)));
        partitions.Define(Draft);
        partitions.Start(TestServer.Name);
        Assert.True(partitions.TryGetState(TestServer.Name, out PartitionState state));
        Assert.Equal(PartitionState.Starting, state);
        Assert.Equal(["RUN003", "RUN005", "RUN007"], [IdOf(() => partitions.Start(TestServer.Name)), IdOf(() => partitions.Destroy(TestServer.Name)), IdOf(() => partitions.Define(Draft with { Memory = "512M" }))]);
        partitions.Stop(TestServer.Name);
        Assert.Equal("RUN007", IdOf(() => partitions.Define(Draft)));
        partitions.Destroy(TestServer.Name);
        Assert.Empty(partitions.Names);
        Assert.False(partitions.TryGetState(TestServer.Name, out _));
        Assert.Null(partitions.Find(TestServer.Name));
    }

    [Fact]
    public void What_another_partition_has_is_refused()
    {
        ControlledPartitions partitions = Partitions();
        partitions.Define(Draft);
        PartitionDraft other = Draft with { Name = PartitionName.Parse("other") };
        Assert.Equal(["FIT014", "FIT005"], [IdOf(() => partitions.Check(other with { Memory = "", Devices = [] })), IdOf(() => partitions.Define(other with { Cpus = CpuSet.Parse("6-7"), Devices = Draft.Devices }))]);
    }

    [Fact]
    public void Restart_changes_beside_a_kernel_that_runs_and_who_asked_is_in_the_events()
    {
        ControlledPartitions partitions = Partitions();
        partitions.Define(Draft);
        partitions.Start(TestServer.Name);
        Thread thread = new(() =>
        {
            partitions.AskedBy(1234, 5);
            partitions.SetRestart(TestServer.Name, RestartPolicy.OnFailure);
        });
        thread.Start();
        thread.Join();
        Assert.Equal(RestartPolicy.OnFailure, partitions.Find(TestServer.Name)!.Restart);
        Assert.Equal(1234u, _server.Service.Events.Follow((_, _) => { })[^1].Uid);
        Assert.Null(Requester.Current);
    }

    [Fact]
    public void Cpus_of_a_kernel_that_runs_come_and_go_by_their_numbers()
    {
        FakeElasticKernel kernel = _server.DefineAndStartElastic();
        ControlledPartitions partitions = Partitions();
        Assert.Equal(4, PartitionDraft.Of(partitions.Find(TestServer.Name)!).CpusMax);
        partitions.SetCpus(TestServer.Name, CpuSet.Parse("4,6-7"));
        Assert.Equal([4, 6, 7], kernel.Uses);

        // One is that one, and no count.
        partitions.SetCpus(TestServer.Name, CpuSet.Of(4));
        Assert.Equal([4], kernel.Uses);
        Assert.Equal("FIT017", IdOf(() => partitions.SetCpus(TestServer.Name, CpuSet.Of(5))));
        kernel.Keeps.Add(6);
        partitions.SetCpus(TestServer.Name, CpuSet.Parse("4,6"));
        Assert.Equal(MachineException.Busy, Assert.Throws<MachineException>(() => partitions.SetCpus(TestServer.Name, CpuSet.Of(4))).ErrorNumber);
    }

    [Fact]
    public void Memory_of_a_kernel_that_runs_comes_and_goes_by_its_size()
    {
        FakeElasticKernel kernel = _server.DefineAndStartElastic();
        ControlledPartitions partitions = Partitions();
        Assert.Equal("768M", PartitionDraft.Of(partitions.Find(TestServer.Name)!).MemoryMax);
        partitions.SetMemory(TestServer.Name, "512M");
        Assert.Equal(2, kernel.UsesMemory.Count);
        Assert.Equal("FIT026", IdOf(() => partitions.SetMemory(TestServer.Name, "1G")));
        kernel.KeepsMemory.Add(0);
        Assert.Equal(MachineException.Busy, Assert.Throws<MachineException>(() => partitions.SetMemory(TestServer.Name, "256M")).ErrorNumber);
        Assert.Equal(2, kernel.UsesMemory.Count);
    }

    [Fact]
    public void Log_is_empty_where_there_is_no_kernel_yet()
    {
        ControlledPartitions partitions = Partitions();
        partitions.Define(Draft);
        Assert.Equal(new LogPiece("", null, Begins: true), partitions.ReadLog(TestServer.Name, null));
        partitions.Start(TestServer.Name);
        Assert.Equal(new LogPiece("", null, Begins: true), partitions.ReadLog(TestServer.Name, null));
        Assert.Equal(new LogPiece("", null, Begins: true), partitions.ReadLog(TestServer.Name, "00000000000000000000000000000000.0.0.0"));
    }

    [Fact]
    public void Listings_are_of_this_machine()
    {
        ControlledPartitions partitions = Partitions();
        Assert.Equal(("1.2.3", "16 CPUs\n", "check of Vendor\n"), (partitions.Version, partitions.ReadTopology(), partitions.ReadCheck()));
        Assert.Equal("db:create\n", partitions.Plan("[[partition]]\nname = \"db\"\ncpus = 2\nmemory = \"256M\"\nkernel = \"/boot/vmlinuz\"\n"));
        Assert.StartsWith("CONF", IdOf(() => partitions.Plan("x = 1")), StringComparison.Ordinal);
    }

    private static PartitionDraft Draft { get; } = new()
    {
        Name = TestServer.Name,
        Cpus = CpuSet.Parse("4-5"),
        Memory = "256M",
        Devices = [PciAddress.Parse("0000:01:00.0")],
        Kernel = "/boot/vmlinuz",
    };

    private ControlledPartitions Partitions() => new(_server.Command(), FakeTexts.All, _notes.Add);

    /// <summary>The id of the first error; empty where it is not refused.</summary>
    private static string IdOf(Action act)
    {
        try
        {
            act();
            return "";
        }
        catch (PartitionException refused)
        {
            return refused.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Id;
        }
    }
}
