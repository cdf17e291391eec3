using System.Diagnostics;
using Parker.Linux.Fuse;
using Parker.Partition;
using Parker.Partition.Tests.Plans;

namespace Parker.ControlFs.Tests.Mounted;

/// <summary>What a shell's tools make of it, through a real kernel.</summary>
public sealed class MountedTests
{
    [Fact]
    public void Procedure_of_a_shell_script_runs()
    {
        using MountedTree tree = new();
        (int status, string text) = tree.Shell("""
            set -e
            mkdir db; cd db
            echo 1G > memory; echo -n 4-5 > cpus; echo 0000:02:00.0 > bind
            cat state; echo /boot/vmlinuz > kernel; echo quiet > cmdline; cat state cpus memory cmdline
            echo 1 > online; cat online state
            ( echo 1 > online ) || echo again $?
            cat evidence; ls -l devices | tail -n 1 | sed 's/.* 0000/0000/'
            cd ..; rmdir db || echo busy
            printf 0 > db/online; cat db/state; rmdir db; ls
            """);
        Assert.Equal(
            """
            draft
            defined
            4-5
            1G@0x120000000
            quiet
            1
            running
            again 1
            heartbeat 1
            online: partition: error RUN003: It is running already.
            0000:02:00.0 -> /sys/bus/pci/devices/0000:02:00.0
            rmdir: failed to remove 'db': Device or resource busy
            busy
            stopped
            check
            plan
            small
            topology
            version

            """,
            string.Join('\n', text.Split('\n').Where(line => !line.Contains("echo:", StringComparison.Ordinal))));
        Assert.Equal(0, status);
    }

    [Fact]
    public void Find_grep_tar_and_dd_do_what_people_expect()
    {
        using MountedTree tree = new();
        Assert.Equal((0, "25\n"), tree.Shell("find . | wc -l"));
        Assert.Equal((0, "small/cpus\n"), tree.Shell("grep -rlx 2-3 small"));
        Assert.Equal((0, "defined\n"), tree.Shell("tar -cf - . | tar -xOf - ./small/state"));
        Assert.Equal((0, "ef"), tree.Shell("dd if=small/state bs=1 skip=1 count=2 status=none"));
        Assert.Equal((0, "14 regular file 644 small/kernel\n"), tree.Shell("stat -c '%s %F %a %n' small/kernel"));
        Assert.Equal((0, "copied 2-3\n"), tree.Shell("cp small/cpus /tmp/parker-copied.$$ && echo copied $(cat /tmp/parker-copied.$$); rm /tmp/parker-copied.$$"));
        Assert.Equal((0, ""), tree.Shell("touch small/cpus"));
        (int status, string text) = tree.Shell("rm small/state; chmod 600 small/cpus; touch small/new; mkdir small/x; mv small other; ln -s a small/b; mkdir Upper; echo x > small/state; true");
        Assert.Equal((0, 7, 1), (status, text.Split("Operation not permitted").Length - 1 + text.Split("Permission denied").Length - 1, text.Split("Invalid argument").Length - 1));
    }

    [Fact]
    public void Poll_wakes_a_process_that_waits()
    {
        using MountedTree tree = new();
        using Process waiter = Process.Start(new ProcessStartInfo("python3", ["-c", """
            import os, select, sys
            files = [os.open(sys.argv[1] + '/small/' + name, os.O_RDONLY) for name in ('state', 'online', 'events')]
            poll = select.poll()
            for file in files:
                os.read(file, 100)
                poll.register(file, select.POLLPRI)
            print('waiting', flush=True)
            woken = poll.poll(10000)
            print(len(woken), os.pread(files[0], 100, 0).decode().strip(), os.pread(files[1], 100, 0).decode().strip(), os.read(files[2], 100).decode().split(' ', 1)[1].strip())
            """, tree.Folder]) { RedirectStandardOutput = true })!;
        Assert.Equal("waiting", waiter.StandardOutput.ReadLine());
        Thread.Sleep(50);
        tree.Partitions.Become(ExamplePlans.Small.Name, PartitionState.Running, "heartbeat 1");
        Assert.Matches("^[123] running 1 Running: heartbeat 1$", waiter.StandardOutput.ReadLine());
        waiter.WaitForExit();
    }

    [Fact]
    public void A_killed_writer_goes_at_once_and_its_command_goes_on()
    {
        using MountedTree tree = new();
        tree.Partitions.StartGate.Reset();
        Stopwatch clock = Stopwatch.StartNew();
        (int status, string text) = tree.Shell("timeout -s KILL 0.2 sh -c 'echo 1 > small/online'; cat small/state");
        Assert.Equal("defined\n", text[text.LastIndexOf("defined", StringComparison.Ordinal)..]);
        Assert.Equal(0, status);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5));
        tree.Partitions.StartGate.Set();
        Assert.True(SpinWait.SpinUntil(() => tree.Shell("cat small/state") == (0, "running\n"), 5000));
    }

    [Fact]
    public void A_reader_may_keep_a_file_open_over_rmdir_and_over_the_unmount()
    {
        string folder;
        using (MountedTree tree = new())
        {
            (int status, string text) = tree.Shell("mkdir db; exec 3< db/state; rmdir db; cat <&3; exec 3<&-; ls db; mkdir db; cat db/state");
            Assert.Equal(0, status);
            Assert.Equal("cat: -: No such device\nls: cannot access 'db': No such file or directory\ndraft\n", text.Replace("cat: '-'", "cat: -", StringComparison.Ordinal));
            folder = tree.Folder;
        }

        Assert.Equal("", FuseMount.TypeOfMountAt(folder));
    }

    [Fact]
    public void A_mount_that_a_dead_process_left_is_renewed()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/dev/fuse"), "mounting needs root and /dev/fuse");
        string folder = Directory.CreateTempSubdirectory("parker-fs-").FullName;

        // What kill -9 leaves: a mount whose device nobody has open any more.
        using (Process dead = Process.Start(new ProcessStartInfo("python3", ["-c", """
            import ctypes, os, sys
            device = os.open('/dev/fuse', os.O_RDWR)
            sys.exit(ctypes.CDLL(None).mount(b'parker', sys.argv[1].encode(), b'fuse.parker', 0, f'fd={device},rootmode=40000,user_id=0,group_id=0'.encode()))
            """, folder]))!)
        {
            dead.WaitForExit();
            Assert.Equal(0, dead.ExitCode);
        }

        Assert.Equal("fuse.parker", FuseMount.TypeOfMountAt(folder));
        using MountedTree tree = new(folder);
        Assert.Equal((0, "0.1.0\n"), tree.Shell("cat version"));
    }

    [Fact]
    public void A_mount_that_somebody_takes_away_is_told()
    {
        using MountedTree tree = new();
        using Process umount = Process.Start("umount", [tree.Folder]);
        umount.WaitForExit();
        Assert.Equal(0, umount.ExitCode);
        Assert.True(SpinWait.SpinUntil(() => tree.Log.Any(line => line.Contains("unmounted", StringComparison.Ordinal)), 5000));
    }

    [Fact]
    public void Many_processes_at_random_leave_nothing_behind()
    {
        using MountedTree tree = new();
        int seconds = Environment.GetEnvironmentVariable("PARKER_SOAK") == "1" ? 300 : 2;
        (int status, string text) = tree.Shell(RandomOperations.Script(seconds));
        Assert.Equal((0, "check plan small topology version "), (status, text.Replace("started ", "", StringComparison.Ordinal)));
        Assert.Equal([ExamplePlans.Small.Name], tree.Partitions.Names);
        Assert.True(SpinWait.SpinUntil(() => tree.OpenFiles == 0, 2000), $"{tree.OpenFiles} files are still open.");
        Assert.DoesNotContain(tree.Log, line => line.Contains("fault", StringComparison.Ordinal));
    }
}
