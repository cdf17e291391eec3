using System.Diagnostics;
using System.Globalization;
using Parker.Lab.Agents;
using Parker.Lab.Kernels;

namespace Parker.Runtime.LabTests;

/// <summary>Two different stock kernels pass CPUs and memory to and fro while both work, with no agent of Parker's in them: their own tables ask them.</summary>
/// <remarks>
/// CPUs 3 and 7 are free. The kernel of a has CPUs 1 and 2 as its 0 and 1, and would have 3 and 7 as its 2 and 6; that of b has 5 and 6, and would have 7 and 3 as its 3 and 6. Of the pool,
/// 8 blocks of 128 MiB are free, on both nodes, of which each gets 4.
/// </remarks>
[Collection(SharedServer.Name)]
public sealed class ElasticTests(SharedServer.Fixture fixture) : IDisposable
{
    private const string Sum = "b5cfa9d6c8febd618f91ac2843d50a1c  -";
    private const int Failed = 1;

    // Lies in the memory that came when it is there: movable memory is used first.
    private const string Hold = "for i in 1 2 3 4 5 6; do cat /usr/bin/parker-agent; done >/run/held; md5sum </run/held";
    private const string Total = "sed -n 's/^MemTotal: *\\([0-9]*\\) kB/\\1/p' /proc/meminfo";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PartitionServer _server = fixture.Server;

    // CPUs and memory come and go 200 times in ./run soak, half of them for each kernel.
    private static int Rounds => IsSoak ? 100 : 1;

    // In ./run soak without a pause: all CPUs of an emulated server share one of the host's, and each that works takes 0.1 s of a round.
    private static string Work => $"for i in {(IsSoak ? "1 2 3 4" : "1")}; do (while [ ! -e /tmp/enough ]; do head -c 4194304 /dev/zero | md5sum >>/tmp/sums; {(IsSoak ? "" : "usleep 200000; ")}done) & done >/dev/null 2>&1 </dev/null";

    private static bool IsSoak => Environment.GetEnvironmentVariable("PARKER_SOAK") is not null;

    [Fact]
    public void Two_kernels_pass_cpus_and_memory_to_and_fro_while_they_work_and_ends_in_the_middle_are_survived()
    {
        MachineSnapshot before = _server.Snapshot();
        _server.Output($"parker create a --cpus 2 --cpus-max 4 --memory 512M --memory-max 1G --device {_server.Device(SharedServer.Nvme)} {PartitionServer.Boots(_server.New)}");
        _server.Output($"parker create b --cpus 2 --cpus-max 4 --memory 384M --memory-max 1G --device {_server.Device(SharedServer.VirtioBlk)} {PartitionServer.Boots(_server.Old)}");
        int logBefore = _server.Output("dmesg").Length;
        _server.Output("parker start a b --wait running");
        using (AgentClient a = _server.Application(SharedServer.Nvme))
        using (AgentClient b = _server.Application(SharedServer.VirtioBlk))
        {
            CheckNothingElseCanBeStarted(a);
            CheckNothingElseCanBeStarted(b);

            // Once while both are idle, for the times that it takes; then while both work.
            Pass("a", a, [4, 0x40], "1-3,7");
            Pass("b", b, [8, 0x40], "3,5-7");
            PassMemory("a", a, 512);
            PassMemory("b", b, 384);
            if (IsSoak)
            {
                FillMoreThanItStartedWith(b);
            }

            Run(a, Work);
            Run(b, Work);
            for (int round = 0; round < Rounds; round++)
            {
                PassBoth("a", a, 512);
                PassBoth("b", b, 384);
            }

            CheckNothingElseCanBeStarted(a);
            CheckWork(a);
            CheckWork(b);
            CheckOnlineIsTold(a);
            CheckRefusal(a);
            CheckRefusalOfMemory(a);
            CheckApply(a);
        }

        CheckEnds();
        _server.Output("parker destroy --now a b");
        string log = _server.Output("dmesg")[logBefore..];
        Assert.DoesNotMatch("(?i)stall|lockup|unexpected|spurious|hung task|call trace|no irq handler", log);
        before.AssertSame(_server.Snapshot());
    }

    public void Dispose() => _server.TestEnded();

    /// <summary>Not before the first process of its user space, and not later.</summary>
    private static void CheckNothingElseCanBeStarted(AgentClient kernel)
    {
        Assert.Contains("application: present cpus 0-1\n", Run(kernel, "dmesg"), StringComparison.Ordinal);
        Assert.Equal("0-1", Run(kernel, "cat /sys/devices/system/cpu/present"));
        Assert.Equal("", Run(kernel, "for cpu in /sys/devices/system/cpu/cpu[0-9]*; do echo 1 2>/dev/null >$cpu/online; [ $(cat $cpu/online 2>/dev/null || echo 1) = 1 ] || echo $cpu; done; ls /sys/devices/system/cpu | grep -x 'probe\\|cpu[2-9]\\|cpu1[0-9]' || true"));
        Assert.Equal("0-1", Run(kernel, "cat /sys/devices/system/cpu/online"));
    }

    /// <summary>CPUs 3 and 7 come to a partition, run its tasks, and go again; how long that takes beside what one kernel takes alone.</summary>
    private void Pass(string name, AgentClient kernel, int[] masks, string grown)
    {
        string tasks = string.Join("; ", masks.Select(mask => $"until taskset {mask:x} true 2>/dev/null; do usleep 5000; done"));
        Stopwatch watch = Stopwatch.StartNew();
        Assert.Contains($"{name}: CPUs {grown}; 3,7 came in", _server.Output($"parker set {name} --cpus 4"), StringComparison.Ordinal);
        long came = watch.ElapsedMilliseconds;
        Run(kernel, tasks);
        long runs = watch.ElapsedMilliseconds;
        watch.Restart();
        Assert.Contains("3,7 left in", _server.Output($"parker set {name} --cpus 2 && taskset 8 true && taskset 80 true"), StringComparison.Ordinal);
        long back = watch.ElapsedMilliseconds;
        watch.Restart();
        _server.Output("for c in 3 7; do echo 0 >/sys/devices/system/cpu/cpu$c/online; done; for c in 3 7; do echo 1 >/sys/devices/system/cpu/cpu$c/online; done; taskset 8 true && taskset 80 true");
        TestContext.Current.SendDiagnosticMessage(
            "2 CPUs to {0}: {1} ms until its kernel knew them, {2} ms until both had run a task there; back: {3} ms; both offline and online in the Boot Kernel alone: {4} ms",
            name,
            came,
            runs,
            back,
            watch.ElapsedMilliseconds);
    }

    /// <summary>512 MiB come to a partition, hold something that processes use, and go again, and what they held is still there.</summary>
    private void PassMemory(string name, AgentClient kernel, int mebibytes)
    {
        int before = int.Parse(Run(kernel, Total), CultureInfo.InvariantCulture);
        Stopwatch watch = Stopwatch.StartNew();
        Assert.Contains("512MiB of memory came in", _server.Output($"parker set {name} --memory {mebibytes + 512}M"), StringComparison.Ordinal);
        long came = watch.ElapsedMilliseconds;
        Assert.Equal(before + (512 * 1024), int.Parse(Run(kernel, Total), CultureInfo.InvariantCulture));
        string sum = Run(kernel, Hold);
        watch.Restart();
        Assert.Contains("512MiB of memory left in", _server.Output($"parker set {name} --memory {mebibytes}M"), StringComparison.Ordinal);
        long back = watch.ElapsedMilliseconds;
        Assert.Equal(before, int.Parse(Run(kernel, Total), CultureInfo.InvariantCulture));
        Assert.Equal(sum, Run(kernel, "md5sum </run/held; rm /run/held"));
        TestContext.Current.SendDiagnosticMessage("512 MiB to {0}: {1} ms until its kernel had them; back: {2} ms, some of it in use", name, came, back);
    }

    /// <summary>CPUs and memory come in one command and go in another, and what is held in that memory is still there.</summary>
    private void PassBoth(string name, AgentClient kernel, int mebibytes)
    {
        int before = int.Parse(Run(kernel, Total), CultureInfo.InvariantCulture);
        Assert.Matches("; 3,7 came in .*; 512MiB of memory came in", _server.Output($"parker set {name} --cpus 4 --memory {mebibytes + 512}M"));
        Assert.Equal(before + (512 * 1024), int.Parse(Run(kernel, Total), CultureInfo.InvariantCulture));
        string sum = Run(kernel, Hold);
        Assert.Matches("; 3,7 left in .*; 512MiB of memory left in", _server.Output($"parker set {name} --cpus 2 --memory {mebibytes}M && taskset 8 true && taskset 80 true"));
        Assert.Equal(sum, Run(kernel, "md5sum </run/held; rm /run/held"));
    }

    /// <summary>Memory that came is memory: more fits into files than the kernel had at first, and what was read back is what was written.</summary>
    private void FillMoreThanItStartedWith(AgentClient b)
    {
        _server.Output("parker set b --memory 1G");
        string sums = Run(b, "mkdir /run/big; mount -t tmpfs -o size=900m none /run/big; size=$(wc -c </usr/bin/parker-agent); n=0; while [ $n -lt $((420000000 / size)) ]; do cp /usr/bin/parker-agent /run/big/$n || break; n=$((n + 1)); done; wc -c /run/big/* | tail -n 1; for f in /run/big/*9 /usr/bin/parker-agent; do md5sum <$f; done | sort -u");
        Assert.Matches("^ *4[0-9]{8} total\\s+[0-9a-f]{32} +-$", sums);
        Run(b, "umount /run/big");
        _server.Output("parker set b --memory 384M");
    }

    /// <summary>Memory that a kernel does not bring online, and memory that it cannot empty: both are told, and the latter stays.</summary>
    private void CheckRefusalOfMemory(AgentClient a)
    {
        Run(a, "echo offline >/sys/devices/system/memory/auto_online_blocks");
        Assert.Contains("128MiB of memory came in", _server.Output("parker set a --memory 640M"), StringComparison.Ordinal);
        Assert.Matches("offline mem +128 MiB of what came: its kernel does not bring it online by itself", _server.Output("parker status a"));
        string block = Run(a, "cd /sys/devices/system/memory; for m in memory[0-9]*; do [ $(cat $m/state) = offline ] && echo $m; done; true");
        Run(a, $"echo online_kernel >/sys/devices/system/memory/{block}/state");
        Assert.DoesNotContain("offline mem", _server.Output("parker status a"), StringComparison.Ordinal);

        // Pages of a ramfs cannot be moved.
        Run(a, "mkdir /run/ram; mount -t ramfs none /run/ram; free=$(sed -n 's/^MemFree: *\\([0-9]*\\) kB/\\1/p' /proc/meminfo); dd if=/dev/zero of=/run/ram/all bs=1M count=$((free / 1024 - 64)) 2>/dev/null");
        Assert.Matches("refused memory 0x[0-9a-f]+-0x[0-9a-f]+ \\(_OST status 0x[0-9a-f]+\\); its log may say why, and keeps it. It has CPUs [0-9,-]+ and 640MiB of memory", _server.Run("parker set a --memory 512M").Error);
        Assert.Equal("online", Run(a, $"cat /sys/devices/system/memory/{block}/state"));
        Assert.Equal(640UL << 20, _server.Json("parker status a -o json").GetProperty("memory_bytes").GetUInt64());
        Run(a, "umount /run/ram; echo online_movable >/sys/devices/system/memory/auto_online_blocks");
    }

    /// <summary>Where the user space of a partition does not bring a CPU online, status tells.</summary>
    private void CheckOnlineIsTold(AgentClient a)
    {
        Run(a, "killall uevent");
        _server.Output("echo 1-3 >/run/parker/fs/a/cpus");
        Assert.Matches("offline cpus +1 of its 3: its user space has not brought them online", _server.Output("parker status a"));
        Run(a, "echo 1 >/sys/devices/system/cpu/cpu2/online");
        Assert.DoesNotContain("offline cpus", _server.Output("parker status a"), StringComparison.Ordinal);
    }

    /// <summary>A stock kernel that does not let a CPU go: by its own file that makes the next time that one is taken offline fail, written all the time, because ACPI tries twice.</summary>
    private void CheckRefusal(AgentClient a)
    {
        const string Fail = "/sys/devices/system/cpu/cpu1/hotplug/fail";
        Run(a, $"touch /tmp/enough; step=$(sed -n 's/: workqueue:online$//p' /sys/devices/system/cpu/hotplug/states); (until [ -e /tmp/let-go ]; do echo $step >{Fail}; done; echo -1 >{Fail}) >/dev/null 2>&1 </dev/null &");
        CommandResult refused = _server.Run("parker set a --cpus 1,3");
        Assert.True(refused.ExitCode == Failed && refused.Error.Contains("its kernel refused CPUs 2 (_OST status", StringComparison.Ordinal), $"set ended with {refused.ExitCode}: {refused.Output}{refused.Error}");
        Assert.Equal("1-3\nrunning", _server.Output("cat /run/parker/fs/a/cpus /run/parker/fs/a/state"));
        Assert.Equal("0-2", Run(a, "cat /sys/devices/system/cpu/online"));
        Assert.Equal("0,4,7", _server.Output("cat /sys/devices/system/cpu/online"));
        Run(a, "touch /tmp/let-go");
    }

    /// <summary>A configuration file that differs in CPUs and memory alone is made true while the kernel runs on.</summary>
    private void CheckApply(AgentClient a)
    {
        string before = Run(a, "cat /proc/sys/kernel/random/boot_id");
        string both = Section("a", "1-2", _server.New, SharedServer.Nvme, "768M") + Section("b", "5-6", _server.Old, SharedServer.VirtioBlk, "384M");
        _server.Output($"cat >/tmp/elastic.toml <<'END'\n{both}END");
        string plan = _server.Output("parker plan /tmp/elastic.toml");
        Assert.Contains("b: stays as it is", plan, StringComparison.Ordinal);
        Assert.Contains("a: changes while its kernel runs on", plan, StringComparison.Ordinal);
        _server.Output("parker apply /tmp/elastic.toml");
        Assert.Equal("1-2\nrunning", _server.Output("cat /run/parker/fs/a/cpus /run/parker/fs/a/state"));
        Assert.Equal(("0-1", before), (Run(a, "cat /sys/devices/system/cpu/online"), Run(a, "cat /proc/sys/kernel/random/boot_id")));
        Assert.Contains("Nothing is to do.", _server.Output("parker apply /tmp/elastic.toml; rm /tmp/elastic.toml"), StringComparison.Ordinal);
    }

    private string Section(string name, string cpus, CachedKernel kernel, int device, string memory) =>
        $"""
        [[partition]]
        name = "{name}"
        cpus = "{cpus}"
        cpus-max = 4
        memory = "{memory}"
        memory-max = "1G"
        devices = ["{_server.Device(device)}"]
        kernel = "/boot/vmlinuz-{kernel.Release}"
        initrd = ["/boot/initrd-{kernel.Release}.img"]

        """;

    private static void CheckWork(AgentClient kernel)
    {
        Assert.Equal(Sum, Run(kernel, "sort -u /tmp/sums"));
        Assert.DoesNotMatch("(?i)stall|lockup|call trace|unexpected irq|hung task|warning:|bug:|eject.* (fail|incomplete)", Run(kernel, "dmesg"));
    }

    /// <summary>A reboot, a panic and a forced stop while CPUs come and go: nothing is lost, and what starts again has the CPUs that were its own by then.</summary>
    private void CheckEnds()
    {
        string boot = BootOf("b");
        EndWhileItChanges("reboot -f");
        _server.Output("until grep -q done /tmp/set-b; do sleep 0.1; done");
        for (int tries = 0; BootOf("b") == boot && tries < 50; tries++)
        {
            Thread.Sleep(100);
        }

        Assert.NotEqual(boot, BootOf("b"));
        CheckNoneIsLost();
        _server.Await("b", "running");
        CheckMemoryCameAgain();
        EndWhileItChanges("echo c >/proc/sysrq-trigger");
        _server.Output("(parker set a --cpus 1 --memory 1G >/tmp/set-a 2>&1; echo done >>/tmp/set-a) & sleep 0.2; parker stop --now a");
        _server.Output("until grep -q done /tmp/set-a && grep -q done /tmp/set-b; do sleep 0.1; done");
        Assert.Equal("stopped", _server.Status("a").State);
        _server.Await("b", "panicked", 30);
        CheckNoneIsLost();
    }

    private void EndWhileItChanges(string end)
    {
        string more = _server.Json("parker status b -o json").GetProperty("cpus").GetString() == "5-6" ? "3 --memory 512M" : "2 --memory 384M";
        using AgentClient b = _server.Application(SharedServer.VirtioBlk);
        _server.Output($"rm -f /tmp/set-b; (parker set b --cpus {more} >/tmp/set-b 2>&1; echo done >>/tmp/set-b) &");
        Run(b, $"(sleep 0.2; {end}) >/dev/null 2>&1 </dev/null &");
    }

    /// <summary>What had come before a kernel ended it has again, before its init.</summary>
    private void CheckMemoryCameAgain()
    {
        using AgentClient b = _server.Application(SharedServer.VirtioBlk);
        int blocks = int.Parse(Run(b, "cd /sys/devices/system/memory; cat memory[0-9]*/valid_zones | grep -cx Movable || true"), CultureInfo.InvariantCulture);
        Assert.Equal((384UL + (128UL * (ulong)blocks)) << 20, _server.Json("parker status b -o json").GetProperty("memory_bytes").GetUInt64());
    }

    private string BootOf(string name) => _server.Json($"parker status {name} -o json").GetProperty("boot_id").GetString()!;

    /// <summary>Every CPU is online or held for one of them.</summary>
    private void CheckNoneIsLost()
    {
        string[] told = [.. _server.Json("parker list -o json").GetProperty("partitions").EnumerateArray().Select(partition => partition.GetProperty("cpus").GetString()!)];
        Machine.CpuSet held = Machine.CpuSet.Parse(told[0]).Union(Machine.CpuSet.Parse(told[1]));
        Machine.CpuSet online = Machine.CpuSet.Parse(_server.Output("cat /sys/devices/system/cpu/online"));
        Assert.Equal(Machine.CpuSet.Parse("0-7"), held.Union(online));
        Assert.False(held.Overlaps(online), $"{held} are held, and {online} are online");
    }

    private static string Run(AgentClient kernel, string command) => kernel.Run(command, Patience).Expect().Trim();
}
