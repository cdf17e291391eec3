using Parker.ControlFs.Sessions;
using Parker.ControlFs.Tree;

namespace Parker.ControlFs.Tests;

/// <summary>A mounted tree over made-up partitions, in memory.</summary>
internal sealed class TestTree
{
    public TestTree(ControlFsOptions? options = null)
    {
        Files = new ControlFileSystem(Partitions, (options ?? new ControlFsOptions()) with { Log = Log.Add });
        FuseSession session = new(Channel, Files, Faults.Add);
        Files.NotifyPoll = session.NotifyPoll;
        Partitions.Changed = (name, what) => Files.Changed(name, DateTimeOffset.UnixEpoch, what, isState: true);
        Calls = new FuseCalls(session, Channel);
    }

    public FakePartitions Partitions { get; } = new();

    public ControlFileSystem Files { get; }

    public FakeChannel Channel { get; } = new();

    public FuseCalls Calls { get; }

    public List<string> Log { get; } = [];

    public List<Exception> Faults { get; } = [];

    /// <summary>Writes all that a partition needs.</summary>
    public void Define(string name, string cpus = "1-2", string memory = "512M")
    {
        Assert.Equal(default, Calls.MakeFolder(name).Error);
        foreach ((string file, string text) in (ReadOnlySpan<(string, string)>)[("cpus", cpus), ("memory", memory), ("kernel", "/boot/vmlinuz")])
        {
            Assert.Equal(default, Calls.WriteFile($"{name}/{file}", text + "\n"));
        }
    }
}
