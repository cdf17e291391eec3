using Parker.ControlFs.Protocol;
using Parker.ControlFs.Tree;
using Parker.Partition;
using Parker.Partition.Tests.Plans;

namespace Parker.ControlFs.Tests.Tree;

public sealed class CommandTests
{
    private static readonly PartitionName Db = PartitionName.Parse("db");

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public void Procedure_with_and_without_newline(string end)
    {
        TestTree tree = new();
        FuseCalls calls = tree.Calls;
        Assert.Equal(Errno.None, calls.MakeFolder("db").Error);
        Assert.Equal("draft\n", calls.ReadFile("db/state"));
        Assert.Equal("not defined yet: cpus, memory, kernel not written\n", calls.ReadFile("db/evidence"));
        Assert.Equal(Errno.None, calls.WriteFile("db/memory", "512M" + end));
        Assert.Equal(Errno.None, calls.WriteFile("db/cpus", "4" + end));
        Assert.Equal(("4\n", "512M\n"), (calls.ReadFile("db/cpus"), calls.ReadFile("db/memory")));
        Assert.Equal(Errno.None, calls.WriteFile("db/bind", "0000:01:00.0" + end));
        Assert.Equal("0000:01:00.0\n", calls.ReadFile("db/bind"));
        Assert.Null(tree.Partitions.Find(Db));
        Assert.Equal(Errno.None, calls.WriteFile("db/kernel", "/boot/vmlinuz" + end));
        Assert.Equal("defined\n", calls.ReadFile("db/state"));
        Assert.Equal(Errno.None, calls.WriteFile("db/initrd", "/boot/a\n/boot/b" + end));
        Assert.Equal(Errno.None, calls.WriteFile("db/cmdline", "quiet  root=/dev/vda" + end));
        Assert.Equal(["/boot/a", "/boot/b"], tree.Partitions.Find(Db)!.Plan.InitrdPaths);
        Assert.Equal("quiet  root=/dev/vda", tree.Partitions.Find(Db)!.Plan.CommandLine);
        Assert.Equal("512M@0x100000000\n", calls.ReadFile("db/memory"));
        Assert.Equal(Errno.None, calls.WriteFile("db/online", "1" + end));
        Assert.Equal(("running\n", "1\n"), (calls.ReadFile("db/state"), calls.ReadFile("db/online")));
        Assert.Equal(Errno.EBUSY, calls.WriteFile("db/online", "1" + end));
        Assert.Equal("heartbeat 1\nonline: partition: error RUN003: It is running already.\n", calls.ReadFile("db/evidence"));
        Assert.Equal(Errno.EBUSY, calls.RemoveFolder("db"));
        Assert.Equal(Errno.EBUSY, calls.WriteFile("db/cpus", "5" + end));
        Assert.Equal(Errno.None, calls.WriteFile("db/online", "0" + end));
        Assert.Equal(("stopped\n", "0\n"), (calls.ReadFile("db/state"), calls.ReadFile("db/online")));
        Assert.Equal(Errno.None, calls.RemoveFolder("db"));
        Assert.Equal(Errno.ENOENT, calls.Lookup(1, "db").Error);
        Assert.Empty(tree.Faults);
        Assert.Equal(0, tree.Files.OpenFiles);
    }

    /// <summary>Beside a kernel that runs <c>cpus</c> is a command to it; before and after it is part of the definition.</summary>
    [Fact]
    public void Cpus_come_and_go_by_a_write_while_it_is_online()
    {
        TestTree tree = new();
        FuseCalls calls = tree.Calls;
        tree.Define("db", cpus: "1-2");
        Assert.Equal("", calls.ReadFile("db/cpus_max"));
        Assert.Equal(Errno.None, calls.WriteFile("db/cpus_max", "3\n"));
        Assert.Equal(("3\n", "1-2\n"), (calls.ReadFile("db/cpus_max"), calls.ReadFile("db/cpus")));
        Assert.Equal(Errno.None, calls.WriteFile("db/online", "1"));
        Assert.Equal(Errno.None, calls.WriteFile("db/cpus", "1,4-5\n"));
        Assert.Equal(("1,4-5\n", "running\n", "heartbeat 1\n"), (calls.ReadFile("db/cpus"), calls.ReadFile("db/state"), calls.ReadFile("db/evidence")));
        Assert.Equal(Errno.ENOSPC, calls.WriteFile("db/cpus", "1-4"));
        Assert.Equal("1,4-5\n", calls.ReadFile("db/cpus"));
        tree.Partitions.SetFailure = new MachineException("take CPUs 5", "db", "its kernel refused", MachineException.Busy);
        Assert.Equal(Errno.EBUSY, calls.WriteFile("db/cpus", "1,4"));
        Assert.EndsWith("cpus: Cannot take CPUs 5 (db): its kernel refused.\n", calls.ReadFile("db/evidence"), StringComparison.Ordinal);
        Assert.Equal(Errno.EBUSY, calls.WriteFile("db/cpus_max", "4"));
        Assert.Equal(Errno.None, calls.WriteFile("db/online", "0"));
        Assert.Equal(("3\n", "1,4-5\n"), (calls.ReadFile("db/cpus_max"), calls.ReadFile("db/cpus")));
        Assert.Empty(tree.Faults);
    }

    /// <summary>Beside a kernel that runs <c>memory</c> is a command to it.</summary>
    [Fact]
    public void Memory_comes_and_goes_by_a_write_while_it_is_online()
    {
        TestTree tree = new();
        FuseCalls calls = tree.Calls;
        tree.Define("db", cpus: "1-2");
        Assert.Equal("", calls.ReadFile("db/memory_max"));
        string before = calls.ReadFile("db/memory");
        Assert.Equal(Errno.None, calls.WriteFile("db/online", "1"));
        Assert.Equal(Errno.EBUSY, calls.WriteFile("db/memory", "1G"));
        Assert.Equal(Errno.None, calls.WriteFile("db/online", "0"));
        Assert.Equal(Errno.None, calls.MakeFolder("web").Error);
        foreach ((string file, string text) in new[] { ("memory_max", "768M\n"), ("cpus", "4"), ("memory", "512M"), ("kernel", "/boot/vmlinuz"), ("online", "1") })
        {
            Assert.Equal(Errno.None, calls.WriteFile($"web/{file}", text));
        }

        Assert.Equal("768M\n", calls.ReadFile("web/memory_max"));
        string small = calls.ReadFile("web/memory");
        Assert.Equal(Errno.None, calls.WriteFile("web/memory", "640M\n"));
        Assert.Equal((small.TrimEnd('\n') + ",128M@0x200000000\n", "running\n"), (calls.ReadFile("web/memory"), calls.ReadFile("web/state")));
        Assert.Equal(Errno.ENOSPC, calls.WriteFile("web/memory", "1G"));
        Assert.Equal(Errno.EINVAL, calls.WriteFile("web/memory", "much"));
        Assert.Equal(Errno.None, calls.WriteFile("web/memory", "512M"));
        Assert.Equal((small, before), (calls.ReadFile("web/memory"), calls.ReadFile("db/memory")));
        Assert.Empty(tree.Faults);
    }

    [Theory]
    [InlineData("cpus", "", Errno.EINVAL)]
    [InlineData("cpus", "3-1", Errno.EINVAL)]
    [InlineData("cpus", "one", Errno.EINVAL)]
    [InlineData("cpus", "4-9", Errno.ENODEV)]
    [InlineData("cpus", "0-1", Errno.EPERM)]
    [InlineData("cpus", "1,5", Errno.EBUSY)]
    [InlineData("cpus_max", "many", Errno.EINVAL)]
    [InlineData("cpus_max", "-1", Errno.EINVAL)]
    [InlineData("memory_max", "much", Errno.EINVAL)]
    [InlineData("memory", "", Errno.EINVAL)]
    [InlineData("memory", "much", Errno.EINVAL)]
    [InlineData("memory", "8G", Errno.ENOSPC)]
    [InlineData("bind", "01:00.0.0", Errno.EINVAL)]
    [InlineData("bind", "0000:77:00.0", Errno.ENODEV)]
    [InlineData("unbind", "0000:01:00.0", Errno.ENODEV)]
    [InlineData("kernel", "vmlinuz", Errno.EINVAL)]
    [InlineData("initrd", "/a\nb", Errno.EINVAL)]
    [InlineData("cmdline", "a\nb", Errno.EINVAL)]
    [InlineData("cmdline", "a\0b", Errno.EINVAL)]
    [InlineData("restart", "sometimes", Errno.EINVAL)]
    [InlineData("online", "2", Errno.EINVAL)]
    [InlineData("online", "", Errno.EINVAL)]
    [InlineData("online", "1", Errno.EINVAL)]
    public void Nonsense_and_what_cannot_be_is_refused_and_changes_nothing(string file, string text, object errno)
    {
        TestTree tree = new();
        tree.Define("other", cpus: "1-2");
        Assert.Equal(Errno.None, tree.Calls.MakeFolder("db").Error);
        string before = tree.Calls.ReadFile("db/" + file);
        Assert.Equal((Errno)errno, tree.Calls.WriteFile("db/" + file, text.Length == 0 ? "\n" : text));
        Assert.Equal(before, tree.Calls.ReadFile("db/" + file));
        if (!text.Contains('\0', StringComparison.Ordinal))
        {
            Assert.Equal(2, tree.Calls.ReadFile("db/evidence").Count(letter => letter == '\n'));
            Assert.Contains("Partition db: ", Assert.Single(tree.Log), StringComparison.Ordinal);
        }

        Assert.Empty(tree.Faults);
    }

    [Fact]
    public void Text_that_is_no_utf8_is_EINVAL()
    {
        TestTree tree = new();
        _ = tree.Calls.MakeFolder("db");
        ulong handle = tree.Calls.Open("db/cmdline", flags: 1);
        byte[] body = [.. FuseCalls.Bytes(new ControlFs.Protocol.Structures.fuse_write_in { fh = handle, size = 2 }), 0xff, 0xfe];
        Assert.Equal(Errno.EINVAL, tree.Calls.Call(FuseOpcode.Write, 0, body).Error);
    }

    [Theory]
    [InlineData("db", Errno.EEXIST)]
    [InlineData("small", Errno.EEXIST)]
    [InlineData("topology", Errno.EEXIST)]
    [InlineData("plan", Errno.EEXIST)]
    [InlineData("Upper", Errno.EINVAL)]
    [InlineData("-a", Errno.EINVAL)]
    [InlineData("a23456789012345678901234567890123", Errno.EINVAL)]
    public void Mkdir_refuses_names(string name, object errno)
    {
        TestTree tree = new();
        tree.Partitions.Add(ExamplePlans.Small);
        _ = tree.Calls.MakeFolder("db");
        Assert.Equal((Errno)errno, tree.Calls.MakeFolder(name).Error);
    }

    [Fact]
    public void Mkdir_in_a_partition_is_EPERM_and_too_many_drafts_are_ENOSPC()
    {
        TestTree tree = new();
        Assert.Equal(Errno.None, tree.Calls.MakeFolder("d0").Error);
        Assert.Equal(Errno.EPERM, tree.Calls.MakeFolder("x", tree.Calls.Node("d0")).Error);
        for (int index = 1; index < ControlFileSystem.MostDrafts; index++)
        {
            Assert.Equal(Errno.None, tree.Calls.MakeFolder("d" + index).Error);
        }

        Assert.Equal(Errno.ENOSPC, tree.Calls.MakeFolder("more").Error);
        Assert.Equal(Errno.None, tree.Calls.RemoveFolder("d7"));
        Assert.Equal(Errno.None, tree.Calls.MakeFolder("more").Error);
    }

    [Fact]
    public void Rmdir_of_what_is_no_partition_is_refused()
    {
        TestTree tree = new();
        _ = tree.Calls.MakeFolder("db");
        Assert.Equal(
            [Errno.ENOENT, Errno.ENOTDIR, Errno.EPERM, Errno.ENOENT],
            [tree.Calls.RemoveFolder("none"), tree.Calls.RemoveFolder("version"), tree.Calls.RemoveFolder("devices", tree.Calls.Node("db")), tree.Calls.RemoveFolder("x", tree.Calls.Node("db"))]);
    }

    [Fact]
    public void A_failed_start_has_the_machines_error_number()
    {
        TestTree tree = new();
        tree.Define("db");
        foreach ((int number, Errno errno) in (ReadOnlySpan<(int, Errno)>)[(0, Errno.EIO), (16, Errno.EBUSY), (110, Errno.ETIMEDOUT)])
        {
            tree.Partitions.StartFailure = new MachineException("start CPU 4", "APIC ID 4", "it did not take its first instruction", number);
            Assert.Equal(errno, tree.Calls.WriteFile("db/online", "1"));
        }

        tree.Partitions.StartFailure = new IOException("The journal cannot be written.");
        Assert.Equal(Errno.EIO, tree.Calls.WriteFile("db/online", "1"));
        Assert.Contains("online: The journal cannot be written.\n", tree.Calls.ReadFile("db/evidence"), StringComparison.Ordinal);
        Assert.Equal(Errno.None, tree.Calls.WriteFile("db/online", "1"));
        Assert.Equal("heartbeat 1\n", tree.Calls.ReadFile("db/evidence"));
    }

    [Fact]
    public void A_definition_that_is_refused_leaves_the_old_one()
    {
        TestTree tree = new();
        tree.Define("db");
        Assert.Equal(Errno.ENOSPC, tree.Calls.WriteFile("db/memory", "5G"));
        Assert.Equal("512M@0x100000000\n", tree.Calls.ReadFile("db/memory"));
        Assert.Equal(Errno.None, tree.Calls.WriteFile("db/cpus", "3"));
        Assert.Equal(("3\n", "512M@0x100000000\n"), (tree.Calls.ReadFile("db/cpus"), tree.Calls.ReadFile("db/memory")));
    }

    [Fact]
    public void What_another_door_defined_is_changed_from_what_it_is()
    {
        TestTree tree = new();
        tree.Partitions.Add(ExamplePlans.Small);
        Assert.Equal(Errno.None, tree.Calls.WriteFile("small/cmdline", "quiet"));
        PartitionPlan plan = tree.Partitions.Find(ExamplePlans.Small.Name)!.Plan;
        Assert.Equal((2, "/boot/vmlinuz", "quiet", 1), (plan.Cpus.Count, plan.KernelPath, plan.CommandLine, plan.Buses.Count));
        Assert.Equal(ByteSize512, plan.PrimaryRange.Length.Bytes);
    }

    [Fact]
    public void Bind_and_unbind_add_and_take_a_device()
    {
        TestTree tree = new();
        tree.Define("db");
        Assert.Equal(Errno.None, tree.Calls.WriteFile("db/bind", "0000:01:00.0"));
        Assert.Equal(Errno.None, tree.Calls.WriteFile("db/bind", "0000:02:00.0"));
        Assert.Equal(Errno.EBUSY, tree.Calls.WriteFile("db/bind", "0000:02:00.0"));
        Assert.Equal(Errno.None, tree.Calls.WriteFile("db/unbind", "0000:01:00.0"));
        Assert.Equal([".", "..", "0000:02:00.0"], tree.Calls.List("db/devices"));
        Assert.Equal(Errno.ENOENT, tree.Calls.Lookup(tree.Calls.Node("db/devices"), "0000:01:00.0").Error);
    }

    [Fact]
    public void Restart_is_kept_by_a_draft_and_changes_while_the_kernel_runs()
    {
        TestTree tree = new();
        Assert.Equal(Errno.None, tree.Calls.MakeFolder("db").Error);
        Assert.Equal("never\n", tree.Calls.ReadFile("db/restart"));
        Assert.Equal(Errno.None, tree.Calls.WriteFile("db/restart", "always"));
        Assert.Equal("always\n", tree.Calls.ReadFile("db/restart"));
        tree.Calls.WriteFile("db/cpus", "4");
        tree.Calls.WriteFile("db/memory", "512M");
        tree.Calls.WriteFile("db/kernel", "/boot/vmlinuz");
        Assert.Equal(RestartPolicy.Always, tree.Partitions.Find(Db)!.Restart);
        Assert.Equal(Errno.None, tree.Calls.WriteFile("db/online", "1\n"));
        Assert.Equal(Errno.None, tree.Calls.WriteFile("db/restart", "on-failure\n"));
        Assert.Equal("on-failure\n", tree.Calls.ReadFile("db/restart"));
        tree.Calls.WriteFile("db/online", "0");

        // What another door says stays when something else is written.
        tree.Partitions.SetRestart(Db, RestartPolicy.Never);
        tree.Partitions.Become(Db, PartitionState.Defined, "given back");
        Assert.Equal(Errno.None, tree.Calls.WriteFile("db/cmdline", "quiet"));
        Assert.Equal(RestartPolicy.Never, tree.Partitions.Find(Db)!.Restart);
    }

    [Fact]
    public void Plan_reads_what_was_written_last_would_change()
    {
        TestTree tree = new();
        Assert.Equal("", tree.Calls.ReadFile("plan"));
        Assert.Equal(Errno.None, tree.Calls.WriteFile("plan", "\n[[partition]]\n"));
        Assert.Equal("a plan\n", tree.Calls.ReadFile("plan"));
        Assert.Equal(Errno.EINVAL, tree.Calls.WriteFile("plan", "x"));
        Assert.Equal("partition: error CFG001: It names no partition.\n", tree.Calls.ReadFile("plan"));
        ulong handle = tree.Calls.Open("plan", flags: 1);
        byte[] second = [.. FuseCalls.Bytes(new ControlFs.Protocol.Structures.fuse_write_in { fh = handle, size = 1, offset = 9 }), (byte)'x'];
        Assert.Equal(Errno.EFBIG, tree.Calls.Call(FuseOpcode.Write, 0, second).Error);
        Assert.Empty(tree.Faults);
    }

    [Fact]
    public void Lines_of_initrd_may_come_one_by_one()
    {
        TestTree tree = new();
        tree.Define("db");
        ulong handle = tree.Calls.Open("db/initrd", flags: 1);
        Assert.Equal([Errno.None, Errno.None, Errno.EINVAL], [tree.Calls.WriteAt(handle, "/boot/a\n"), tree.Calls.WriteAt(handle, "/boot/b\n", offset: 8), tree.Calls.WriteAt(handle, "c\n", offset: 16)]);
        Assert.Equal("/boot/a\n/boot/b\n", tree.Calls.ReadFile("db/initrd"));
        Assert.Equal(Errno.None, tree.Calls.WriteAt(handle, "/boot/c\n"));
        Assert.Equal("/boot/c\n", tree.Calls.ReadFile("db/initrd"));
    }

    [Fact]
    public void Who_wrote_is_told()
    {
        TestTree tree = new();
        _ = tree.Calls.MakeFolder("db");
        Assert.Equal(Errno.None, tree.Calls.WriteFile("db/cpus", "4"));
        Assert.Equal((FuseCalls.Uid, FuseCalls.Process), tree.Partitions.Asker);
    }

    [Theory]
    [InlineData("REQ003", Errno.EINVAL)]
    [InlineData("CMD010", Errno.EINVAL)]
    [InlineData("IMG001", Errno.ENOENT)]
    [InlineData("IMG003", Errno.EINVAL)]
    [InlineData("BUS003", Errno.EPERM)]
    [InlineData("UNIT005", Errno.EPERM)]
    [InlineData("FIT005", Errno.EBUSY)]
    [InlineData("FIT004", Errno.ENOSPC)]
    [InlineData("RUN001", Errno.ENOENT)]
    public void Diagnostics_have_an_error_number(string id, object errno) => Assert.Equal((Errno)errno, ErrnoOf.OfId(id));

    private const ulong ByteSize512 = 512UL << 20;
}
