using Parker.Api.Partitions;
using Parker.Daemon.Partitions;
using Parker.Partition;
using Parker.Runtime.Journal;
using Parker.Runtime.Tests;

namespace Parker.Daemon.Tests.Partitions;

public sealed class SetTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Set_takes_the_steps_that_it_shows_and_tells_what_came_and_left()
    {
        FakeElasticKernel kernel = _server.DefineAndStartElastic();
        _ = _server.Command().List();
        string before = _server.Everything();
        PreviewDocument shown = _server.Command().PreviewSet(TestServer.Name, new SetRequest { Cpus = "4,6-7" }, Patience, []);
        Assert.Equal("set", shown.Operation);
        Assert.Equal(before, _server.Everything());
        int entries = _server.ReadJournal().Count;
        SetDocument done = _server.Command().Set(TestServer.Name, new SetRequest { Cpus = "4,6-7" }, Patience, []);
        Assert.Equal(("5", "6-7", "4,6-7", 4), (done.Left, done.Came, done.Partition.Cpus, done.Partition.CpusMax));
        Assert.Equal(
            shown.Actions.Where(action => action.Kind is "take" or "undo" && !action.Description.StartsWith("stop ", StringComparison.Ordinal)),
            _server.StepsSince(entries));
        Assert.Equal([4, 6, 7], kernel.Uses);
        Assert.Equal(["4", "4,6,7"], _server.ReadJournal().OfType<CpusChanged>().Select(changed => string.Join(',', changed.Cpus.Select(cpu => cpu.Number))));
        Assert.Equal("stop CPUs 4,6-7, prove them parked, and quiesce the devices", _server.Command().PreviewStop(TestServer.Name, TimeSpan.Zero).Actions[0].Description);
    }

    [Theory]
    [InlineData("5", "FIT015")]
    [InlineData("x", "REQ002")]
    [InlineData("5-6", "FIT017")]
    public void Set_refuses_what_cannot_be(string cpus, string id)
    {
        _server.DefineAndStartElastic();
        SetRequest request = new() { Cpus = cpus };
        Assert.Contains(Assert.Throws<RefusedException>(() => _server.Command().Set(TestServer.Name, request, Patience, [])).Diagnostics, finding => finding.Id == id);
        Assert.Contains(Assert.Throws<RefusedException>(() => _server.Command().PreviewSet(TestServer.Name, request, Patience, [])).Diagnostics, finding => finding.Id == id);
    }

    [Fact]
    public void Memory_comes_and_goes_with_cpus_in_one_call_and_with_the_steps_that_were_shown()
    {
        FakeElasticKernel kernel = _server.DefineAndStartElastic();
        SetRequest request = new() { Cpus = "4-6", Memory = "600M" };
        PreviewDocument shown = _server.Command().PreviewSet(TestServer.Name, request, Patience, []);
        int entries = _server.ReadJournal().Count;
        SetDocument done = _server.Command().Set(TestServer.Name, request, Patience, []);
        Assert.Equal(("6", 384UL << 20, 0UL, 640UL << 20, 768UL << 20, 128UL << 20), (done.Came, done.MemoryCameBytes, done.MemoryLeftBytes, done.Partition.MemoryBytes, done.Partition.MemoryMaxBytes, done.Partition.MemoryStepBytes));
        Assert.Equal([false, true, true, true], done.Partition.Memory.Select(memory => memory.Came));
        Assert.Equal(shown.Actions.Where(action => action.Kind is "take" or "undo"), _server.StepsSince(entries));
        Assert.Equal(3, kernel.UsesMemory.Count);
        Assert.Contains(_server.Service.Events.Follow((_, _) => { }), one => one.Kind == "memory" && one.Text.StartsWith("it has memory 0x", StringComparison.Ordinal));

        // The next daemon reads the same from the journal.
        _server.End();
        Assert.Equal(640UL << 20, _server.Command().Status(TestServer.Name).MemoryBytes);
        done = _server.Command().Set(TestServer.Name, new SetRequest { Memory = "256M" }, Patience, []);
        Assert.Equal(("", 384UL << 20, 256UL << 20), (done.Left, done.MemoryLeftBytes, done.Partition.MemoryBytes));
        Assert.Empty(kernel.UsesMemory);
    }

    [Theory]
    [InlineData("1G", "FIT026")]
    [InlineData("much", "REQ003")]
    [InlineData("128M@0x100000000", "REQ003")]
    [InlineData("128M", "FIT025")]
    [InlineData(null, "REQ011")]
    public void Set_refuses_memory_that_cannot_be(string? memory, string id)
    {
        _server.DefineAndStartElastic();
        SetRequest request = new() { Memory = memory };
        Assert.Contains(Assert.Throws<RefusedException>(() => _server.Command().Set(TestServer.Name, request, Patience, [])).Diagnostics, finding => finding.Id == id);
    }

    [Fact]
    public void Kernel_that_refuses_keeps_its_cpus_and_the_message_says_so()
    {
        FakeElasticKernel kernel = _server.DefineAndStartElastic();
        kernel.Keeps.Add(5);
        string before = _server.Machine.Snapshot();
        MachineException refused = Assert.Throws<MachineException>(() => _server.Command().Set(TestServer.Name, new SetRequest { Cpus = "1" }, Patience, []));
        Assert.Contains("refused CPUs 5 (_OST status 0x82)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, _server.Machine.Snapshot());
    }
}
