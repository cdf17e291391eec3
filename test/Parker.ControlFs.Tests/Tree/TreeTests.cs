using System.Globalization;
using Parker.ControlFs.Protocol;
using Parker.ControlFs.Protocol.Structures;
using Parker.ControlFs.Tree;
using Parker.Partition;
using Parker.Partition.Tests.Plans;

namespace Parker.ControlFs.Tests.Tree;

public sealed class TreeTests
{
    private static readonly string[] Files =
        ["bind", "cmdline", "control_structure", "cpus", "cpus_max", "devices", "events", "evidence", "id", "initrd", "kernel", "log", "memory", "memory_max", "online", "restart", "state", "unbind"];

    [Fact]
    public void Folders_list_what_is_there()
    {
        TestTree tree = new();
        tree.Partitions.Add(ExamplePlans.Small);
        _ = tree.Calls.MakeFolder("draft");
        Assert.Equal([".", "..", "check", "draft", "plan", "small", "topology", "version"], tree.Calls.List("").Order(StringComparer.Ordinal));
        Assert.Equal([".", "..", .. Files], tree.Calls.List("small"));
        Assert.Equal([".", "..", .. Files], tree.Calls.List("draft"));
        Assert.Equal([".", "..", "0000:01:00.0"], tree.Calls.List("small/devices"));
    }

    [Theory]
    [InlineData(48)]
    [InlineData(72)]
    [InlineData(200)]
    public void Folders_read_in_small_pieces_list_the_same(uint size)
    {
        TestTree tree = new();
        for (int index = 0; index < 20; index++)
        {
            _ = tree.Calls.MakeFolder("p" + index);
        }

        Assert.Equal(tree.Calls.List(""), tree.Calls.List("", size));
        Assert.Equal(tree.Calls.List("p3"), tree.Calls.List("p3", size));
    }

    [Fact]
    public void Folder_that_goes_while_a_list_is_read_moves_no_other()
    {
        TestTree tree = new();
        foreach (string name in (string[])["a", "b", "c", "d"])
        {
            _ = tree.Calls.MakeFolder(name);
        }

        // "." ".." four files and "a" fit; then "a" goes.
        byte[] first = tree.Calls.Call(FuseOpcode.Readdir, 1, FuseCalls.Bytes(new fuse_read_in { size = 6 * 32 + 32 })).Body;
        ulong offset = BitConverter.ToUInt64(first, first.Length - 32 + 8);
        Assert.Equal(Errno.None, tree.Calls.RemoveFolder("a"));
        byte[] rest = tree.Calls.Call(FuseOpcode.Readdir, 1, FuseCalls.Bytes(new fuse_read_in { offset = offset, size = 4096 })).Body;
        Assert.Equal(3 * 32, rest.Length);
    }

    [Fact]
    public void Attributes_are_sensible()
    {
        TestTree tree = new();
        tree.Partitions.Add(ExamplePlans.Small);
        foreach ((string path, string mode, ulong size) in (ReadOnlySpan<(string, string, ulong)>)
        [
            ("", "40755", 0), ("version", "100444", 6), ("small", "40755", 0), ("small/state", "100444", 8), ("small/cpus", "100644", 4),
            ("small/unbind", "100644", 0), ("small/devices", "40755", 0), ("small/devices/0000:01:00.0", "120777", 33),
        ])
        {
            fuse_attr attributes = tree.Calls.Attributes(path);
            Assert.Equal((path, mode, size), (path, Convert.ToString((int)attributes.mode, 8), attributes.size));
            Assert.Equal(tree.Calls.Node(path), attributes.ino);
            Assert.InRange(attributes.mtime, (ulong)DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds(), (ulong)DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        }
    }

    [Fact]
    public void Attributes_with_a_group_are_for_its_members()
    {
        TestTree tree = new(new ControlFsOptions { GroupId = 77 });
        _ = tree.Calls.MakeFolder("db");
        Assert.Equal([("40770", 77u), ("100440", 77u), ("100660", 77u)], new[] { "", "db/state", "db/cpus" }.Select(path => (Convert.ToString((int)tree.Calls.Attributes(path).mode, 8), tree.Calls.Attributes(path).gid)));
    }

    [Fact]
    public void Size_is_that_of_what_reads()
    {
        TestTree tree = new();
        tree.Define("db");
        foreach (string file in Files.Except(["devices"]))
        {
            Assert.Equal(((ulong)tree.Calls.ReadFile("db/" + file).Length, file), (tree.Calls.Attributes("db/" + file).size, file));
        }
    }

    [Fact]
    public void Size_of_an_open_file_is_that_of_what_its_reader_has()
    {
        TestTree tree = new();
        tree.Define("db");
        ulong handle = tree.Calls.Open("db/state");
        tree.Partitions.Become(PartitionName.Parse("db"), PartitionState.Rebooting, "reset word");
        Assert.Equal(8ul, tree.Calls.Attributes("db/state").size);
        tree.Calls.Close(handle);
        Assert.Equal(10ul, tree.Calls.Attributes("db/state").size);
    }

    [Fact]
    public void Reading_in_pieces_gives_one_value()
    {
        TestTree tree = new();
        tree.Define("db");
        ulong handle = tree.Calls.Open("db/state");
        Assert.Equal("def", tree.Calls.ReadAt(handle, 0, 3).Text);
        tree.Partitions.Become(PartitionName.Parse("db"), PartitionState.Panicked, "reset word");
        Assert.Equal("ined\n", tree.Calls.ReadAt(handle, 3).Text);
        Assert.Equal("", tree.Calls.ReadAt(handle, 8).Text);
        Assert.Equal("", tree.Calls.ReadAt(handle, ulong.MaxValue).Text);
        Assert.Equal("panicked\n", tree.Calls.ReadAt(handle, 0).Text);
    }

    [Fact]
    public void Slow_files_are_made_once_for_who_looks_and_reads()
    {
        TestTree tree = new();
        Assert.Equal((ulong)"topology 1\n".Length, tree.Calls.Attributes("topology").size);
        Assert.Equal("topology 1\n", tree.Calls.ReadFile("topology"));
        Assert.Equal(1, tree.Partitions.Topologies);
        Assert.Equal("ok\n", tree.Calls.ReadFile("check"));
    }

    [Fact]
    public void Values_of_a_defined_partition()
    {
        TestTree tree = new();
        tree.Partitions.Add(ExamplePlans.Small);
        Assert.Equal(
            ["2\n", "2-3\n", "512M@0x40000000\n", "0000:01:00.0\n", "", "0\n", "0x40000000\n", "/boot/vmlinuz\n", "/boot/initrd.img\n", "console=ttyS0\n", "never\n", "", "defined\n", "defined\n", ""],
            new[] { "id", "cpus", "memory", "bind", "unbind", "online", "control_structure", "kernel", "initrd", "cmdline", "restart", "log", "state", "evidence", "events" }.Select(file => tree.Calls.ReadFile("small/" + file)));
        byte[] target = tree.Calls.Call(FuseOpcode.Readlink, tree.Calls.Node("small/devices/0000:01:00.0"), []).Body;
        Assert.Equal("/sys/bus/pci/devices/0000:01:00.0"u8, target);
    }

    [Fact]
    public void Partition_of_another_door_comes_and_goes()
    {
        TestTree tree = new();
        Assert.Equal(Errno.ENOENT, tree.Calls.Lookup(1, "small").Error);
        tree.Partitions.Add(ExamplePlans.Small);
        ulong node = tree.Calls.Node("small/cpus");
        ulong open = tree.Calls.Open("small/cpus");
        tree.Partitions.Destroy(ExamplePlans.Small.Name);
        Assert.Equal(Errno.ENOENT, tree.Calls.Lookup(1, "small").Error);
        Assert.Equal(Errno.None, tree.Calls.Call(FuseOpcode.Getattr, node, new byte[16]).Error);
        Assert.Equal(Errno.ENODEV, tree.Calls.ReadAt(open).Error);
        tree.Partitions.Add(ExamplePlans.Small);
        Assert.NotEqual(node, tree.Calls.Node("small/cpus"));
        Assert.Equal(Errno.ENODEV, tree.Calls.ReadAt(open).Error);
        tree.Calls.Close(open);
        Assert.Equal(0, tree.Files.OpenFiles);
        Assert.Equal(Errno.ESTALE, tree.Calls.Call(FuseOpcode.Getattr, node, new byte[16]).Error);
    }

    [Theory]
    [InlineData(FuseOpcode.Unlink)]
    [InlineData(FuseOpcode.Create)]
    [InlineData(FuseOpcode.Mknod)]
    [InlineData(FuseOpcode.Symlink)]
    [InlineData(FuseOpcode.Link)]
    [InlineData(FuseOpcode.Rename)]
    public void Files_cannot_be_made_moved_or_removed(object opcode)
    {
        TestTree tree = new();
        _ = tree.Calls.MakeFolder("db");
        Assert.Equal(Errno.EPERM, tree.Calls.Call((FuseOpcode)opcode, tree.Calls.Node("db"), FuseCalls.Name("state")).Error);
    }

    [Fact]
    public void Owner_and_mode_stay_and_truncation_is_taken()
    {
        TestTree tree = new();
        _ = tree.Calls.MakeFolder("db");
        ulong node = tree.Calls.Node("db/cpus");
        Assert.Equal(
            [Errno.EPERM, Errno.EPERM, Errno.EPERM, Errno.None, Errno.None],
            new uint[] { 1, 2, 4, 1 << 3, 1 << 5 }.Select(valid => tree.Calls.Call(FuseOpcode.Setattr, node, FuseCalls.Bytes(new fuse_setattr_in { valid = valid })).Error));
    }

    [Fact]
    public void Opening_to_write_what_only_reads_is_EACCES_and_a_folder_is_EISDIR()
    {
        TestTree tree = new();
        _ = tree.Calls.MakeFolder("db");
        Assert.Equal(Errno.EACCES, tree.Calls.Call(FuseOpcode.Open, tree.Calls.Node("db/state"), FuseCalls.Bytes(new fuse_open_in { flags = 2 })).Error);
        Assert.Equal(Errno.EISDIR, tree.Calls.Call(FuseOpcode.Open, tree.Calls.Node("db/devices"), new byte[8]).Error);
        Assert.Equal(Errno.EBADF, tree.Calls.ReadAt(4711).Error);
    }

    [Fact]
    public void Poll_wakes_on_a_change_and_only_then()
    {
        TestTree tree = new();
        tree.Define("db");
        ulong state = tree.Calls.Open("db/state");
        ulong online = tree.Calls.Open("db/online");
        ulong cpus = tree.Calls.Open("db/cpus");
        Assert.Equal([0x145u, 0x145u, 0x145u], [tree.Calls.Poll(state, 71), tree.Calls.Poll(online, 72), tree.Calls.Poll(cpus, 73)]);
        tree.Partitions.Become(PartitionName.Parse("db"), PartitionState.Running, "heartbeat 1");
        Assert.Equal([71ul, 72ul], new[] { Notified(tree), Notified(tree) }.Order());
        Assert.Null(tree.Channel.TryReceive());
        Assert.Equal(0x145u | 0x0a, tree.Calls.Poll(state, 71));
        Assert.Equal("running\n", tree.Calls.ReadAt(state).Text);
        Assert.Equal(0x145u, tree.Calls.Poll(state, 71));
    }

    [Fact]
    public void Poll_of_events_tells_whether_there_is_more_to_read()
    {
        TestTree tree = new();
        tree.Partitions.Add(ExamplePlans.Small);
        ulong events = tree.Calls.Open("small/events");
        Assert.Equal(0x104u, tree.Calls.Poll(events, 71));
        tree.Partitions.Become(ExamplePlans.Small.Name, PartitionState.Running, "heartbeat 1");
        Assert.Equal(71ul, Notified(tree));
        Assert.Equal(0x145u | 0x0a, tree.Calls.Poll(events, 71));
        string first = tree.Calls.ReadAt(events).Text;
        Assert.Equal("1970-01-01T00:00:00.000Z Running: heartbeat 1\n", first);
        Assert.Equal(0x104u, tree.Calls.Poll(events, 71));
        tree.Partitions.Become(ExamplePlans.Small.Name, PartitionState.Hung, "heartbeat\n1 stands");
        Assert.Equal(71ul, Notified(tree));
        Assert.Equal("1970-01-01T00:00:00.000Z Hung: heartbeat 1 stands\n", tree.Calls.ReadAt(events, (ulong)first.Length).Text);
    }

    [Fact]
    public void Poll_of_a_folder_that_went_says_so()
    {
        TestTree tree = new();
        tree.Define("db");
        ulong state = tree.Calls.Open("db/state");
        _ = tree.Calls.Poll(state, 71);
        tree.Partitions.Destroy(PartitionName.Parse("db"));
        Assert.Equal(71ul, Notified(tree));
        Assert.Equal(0x0au, tree.Calls.Poll(state, 71) & 0x0a);
    }

    [Fact]
    public void Events_keep_the_latest_lines_whole()
    {
        GrowingText events = new(64 * 1024);
        for (int index = 0; index < 5000; index++)
        {
            events.Add(string.Create(CultureInfo.InvariantCulture, $"event {index:00000} of many\n"));
        }

        string text = System.Text.Encoding.UTF8.GetString(events.From(0).Span);
        Assert.InRange(text.Length, 40_000, 64 * 1024);
        Assert.StartsWith("event 0", text, StringComparison.Ordinal);
        Assert.EndsWith("event 04999 of many\n", text, StringComparison.Ordinal);
        Assert.Equal(5000 * 20, events.End);
        Assert.Equal(events.End - text.Length, events.Start);
    }

    [Fact]
    public void Reading_state_allocates_nothing()
    {
        FakePartitions partitions = new();
        partitions.Add(ExamplePlans.Small);
        FakeChannel channel = new() { Discards = true };
        ControlFileSystem files = new(partitions, new ControlFsOptions());
        ControlFs.Sessions.FuseSession session = new(channel, files, _ => { });
        session.Take(FuseCalls.Request(FuseOpcode.Init, 0, 1, FuseCalls.Bytes(new fuse_init_in { major = 7, minor = 38 })));
        session.Take(FuseCalls.Request(FuseOpcode.Lookup, 1, 2, FuseCalls.Name("small")));
        session.Take(FuseCalls.Request(FuseOpcode.Open, new NodeId(1, ControlFile.State).Value, 3, new byte[8]));
        byte[] read = FuseCalls.Request(FuseOpcode.Read, new NodeId(1, ControlFile.State).Value, 4, FuseCalls.Bytes(new fuse_read_in { fh = 1, size = 4096 }));

        session.Take(read);
        int before = channel.Count;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 1000; round++)
        {
            session.Take(read);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
        Assert.Equal(1000, channel.Count - before);
    }

    [Fact]
    public void Poll_of_state_sleeps_through_what_changes_no_state()
    {
        TestTree tree = new();
        tree.Define("db");
        ulong state = tree.Calls.Open("db/state");
        ulong events = tree.Calls.Open("db/events");
        _ = tree.Calls.ReadAt(events);
        _ = tree.Calls.Poll(state, 71);
        _ = tree.Calls.Poll(events, 72);
        tree.Files.Changed(PartitionName.Parse("db"), DateTimeOffset.UnixEpoch, "a step", isState: false);
        Assert.Equal(72ul, Notified(tree));
        Assert.Null(tree.Channel.TryReceive());
        Assert.Equal(0x145u, tree.Calls.Poll(state, 71));
    }

    [Fact]
    public void Log_is_read_on_and_goes_on_with_the_next_boot()
    {
        TestTree tree = new();
        tree.Partitions.Add(ExamplePlans.Small);
        Queue<LogPiece> pieces = tree.Partitions.Logs;
        pieces.Enqueue(new LogPiece("[0] a\n[1] b\n", "1", Begins: true));
        Assert.Equal(12ul, tree.Calls.Attributes("small/log").size);
        ulong log = tree.Calls.Open("small/log");
        Assert.Equal("[0] a\n", tree.Calls.ReadAt(log, 0, 6).Text);
        Assert.Equal("[1] b\n", tree.Calls.ReadAt(log, 6).Text);
        Assert.Equal("", tree.Calls.ReadAt(log, 12).Text);
        pieces.Enqueue(new LogPiece("[2] c\n", "2", Begins: false));
        Assert.Equal(18ul, tree.Calls.Attributes("small/log").size);
        Assert.Equal("[2] c\n", tree.Calls.ReadAt(log, 12).Text);
        pieces.Enqueue(new LogPiece("[0] next\n", "3", Begins: true));
        Assert.Equal("[0] next\n", tree.Calls.ReadAt(log, 18).Text);
        Assert.Equal("[0] next\n", tree.Calls.ReadAt(log).Text);
        tree.Calls.Close(log);
        Assert.Equal(0, tree.Files.OpenFiles);
    }

    [Fact]
    public void Log_without_a_position_is_the_same_until_it_is_another()
    {
        TestTree tree = new();
        tree.Partitions.Add(ExamplePlans.Small);
        ulong log = tree.Calls.Open("small/log");
        foreach (string text in (string[])["early\n", "early\n", "", "early and more\n"])
        {
            tree.Partitions.Logs.Enqueue(new LogPiece(text, null, Begins: true));
        }

        Assert.Equal(["early\n", "early\n", "", "early and more\n"], Enumerable.Range(0, 4).Select(_ => tree.Calls.ReadAt(log).Text));
    }

    [Fact]
    public void Log_that_cannot_be_read_is_an_error_with_its_sentence_in_evidence()
    {
        TestTree tree = new();
        tree.Partitions.Add(ExamplePlans.Small);
        ulong log = tree.Calls.Open("small/log");
        tree.Partitions.LogFailure = new MachineException("map memory", "0x40000000", "it is not there", 1);
        Assert.Equal(Errno.EPERM, tree.Calls.ReadAt(log).Error);
        Assert.Contains("log: ", tree.Calls.ReadFile("small/evidence"), StringComparison.Ordinal);
        Assert.Equal(0ul, tree.Calls.Attributes("small/log").size);
    }

    private static ulong Notified(TestTree tree)
    {
        (ulong unique, int code, byte[] body) = FuseCalls.Split(tree.Channel.Receive());
        Assert.Equal((0ul, FuseConstants.NotifyPoll), (unique, code));
        return BitConverter.ToUInt64(body);
    }
}
