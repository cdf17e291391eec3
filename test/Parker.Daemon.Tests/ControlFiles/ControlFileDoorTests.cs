using Parker.Api.Partitions;
using Parker.Cli.Tests;
using Parker.Daemon.ControlFiles;
using Parker.Daemon.FakeHost;
using Parker.Partition;

namespace Parker.Daemon.Tests.ControlFiles;

/// <summary>The control file system of a daemon, mounted by the kernel of the machine that the tests run on. Skips where that cannot be.</summary>
public sealed class ControlFileDoorTests : IDisposable
{
    private readonly TestServer _server = new();
    private readonly TemporaryFolder _folder = new();
    private readonly MessageList _log = new();

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Partition_driven_by_files_is_the_same_for_the_api()
    {
        using ControlFileDoor door = Mount();
        Directory.CreateDirectory(File("db"));
        Write("db/cpus", "4-5");
        Write("db/memory", "256M");
        Assert.Empty(_server.Service.List().Partitions);
        Write("db/restart", "on-failure");
        Write("db/kernel", "/boot/vmlinuz\n");
        PartitionDocument partition = _server.Service.Status(TestServer.Name);
        Assert.Equal(("defined", "4-5", "on-failure"), (partition.State, partition.Cpus, partition.Supervision.Restart));
        Write("db/online", "1\n");
        Assert.Equal(("starting\n", "1\n"), (Read("db/state"), Read("db/online")));
        Assert.Equal("starting", _server.Service.Status(TestServer.Name).State);
        Assert.Contains("RUN003", Assert.ThrowsAny<IOException>(() => Write("db/online", "1")) is { } ? Read("db/evidence") : "", StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => Directory.Delete(File("db")));
        Assert.All(Read("db/events").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains(" step: ", StringComparison.Ordinal)), line => Assert.EndsWith("(uid 0)", line, StringComparison.Ordinal));
        Write("db/online", "0");
        Directory.Delete(File("db"));
        Assert.Empty(_server.Service.List().Partitions);
        Assert.Contains(_log.Messages, message => message.StartsWith("control files: Partition db: online: ", StringComparison.Ordinal) && message.Contains("(EBUSY)", StringComparison.Ordinal));
    }

    [Fact]
    public void Events_are_those_of_the_journal_and_what_comes_and_none_of_an_earlier_partition_of_the_name()
    {
        _server.Define();
        _server.Command().Destroy(TestServer.Name, evenIfRunning: false);
        _server.Command().Create(TestServer.Request(cpus: "6-7"), dryRun: false, []);
        using ControlFileDoor door = Mount();
        Assert.Matches(@"^\S+ defined: CPUs 6-7, [^\n]*\n$", Read("db/events"));
        _server.Service.SetRestart(TestServer.Name, RestartPolicy.Always);
        Assert.EndsWith(" policy: restart always\n", Read("db/events"), StringComparison.Ordinal);
    }

    [Fact]
    public void Group_that_is_not_there_leaves_the_files_to_root()
    {
        using ControlFileDoor door = Mount("no-such-group");
        Assert.Contains("no group 'no-such-group'", Assert.Single(_log.Messages), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, System.IO.File.GetUnixFileMode(File("version")));
    }

    [Fact]
    public void Next_daemon_mounts_in_the_same_place()
    {
        Mount().Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(File("")));
        using ControlFileDoor next = Mount();
        Assert.Equal("1.2.3\n", Read("version"));
    }

    [Fact]
    public void Place_that_cannot_be_is_said_and_no_failure()
    {
        Assert.Null(ControlFileDoor.TryMount(_server.Command(), new ControlFilePlace("/proc/nowhere", Group: null), FakeTexts.All, _log));
        Assert.Contains("the control file system is not mounted on /proc/nowhere: ", Assert.Single(_log.Messages), StringComparison.Ordinal);
    }

    private ControlFileDoor Mount(string? group = null)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && System.IO.File.Exists("/dev/fuse"), "mounting needs root and /dev/fuse");
        return ControlFileDoor.TryMount(_server.Command(), new ControlFilePlace(File(""), group), FakeTexts.All, _log) ?? throw new InvalidOperationException(string.Join('\n', _log.Messages));
    }

    private string File(string path) => Path.Combine(_folder["fs"], path);

    private string Read(string path) => System.IO.File.ReadAllText(File(path));

    private void Write(string path, string text) => System.IO.File.WriteAllText(File(path), text);
}
