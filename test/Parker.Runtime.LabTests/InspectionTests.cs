using System.Globalization;
using System.Text.Json;
using Parker.Lab.Agents;
using Parker.Lab.Kernels;

namespace Parker.Runtime.LabTests;

/// <summary>Looking into kernels that do not help: live ones of several series and configurations, one that logs at full speed, one that panicked, one that came nowhere.</summary>
[Collection(SharedServer.Name)]
public sealed class InspectionTests(SharedServer.Fixture fixture) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    // 100,000 in ./run soak.
    private static int HeavyRecords => Environment.GetEnvironmentVariable("PARKER_SOAK") is null ? 10_000 : 100_000;

    private readonly PartitionServer _server = fixture.Server;

    /// <summary>6.12 with 5 levels and KASLR, 6.1 with 4 levels and without, both of another configuration: what is told of each from outside is what it says inside, and a dump holds it.</summary>
    [Fact]
    public void Log_threads_usage_and_dump_of_live_kernels_are_what_those_kernels_have()
    {
        _server.Output($"parker create a --cpus 1 --memory 384M --device {_server.Device(SharedServer.Nvme)} {PartitionServer.Boots(_server.New)}");
        _server.Output($"parker create b --cpus 1 --memory 256M --device {_server.Device(SharedServer.VirtioBlk)} --cmdline 'nokaslr no5lvl' {PartitionServer.Boots(_server.Old)}");
        _server.Output($"parker create c --cpus 1 --memory 256M {PartitionServer.Boots(_server.Cloud)}");
        CachedKernel newCloud = _server.Bring(KernelSeries.Linux612Cloud);
        _server.Output($"parker create d --cpus 1 --memory 256M {PartitionServer.Boots(newCloud)}");
        _server.Output("parker start a b c d --wait init");
        using (AgentClient a = _server.Application(SharedServer.Nvme))
        using (AgentClient b = _server.Application(SharedServer.VirtioBlk))
        {
            CheckKernel("a", a, _server.New, levels: 5, hasOffset: true);
            CheckKernel("b", b, _server.Old, levels: 4, hasOffset: false);
        }

        CheckKernel("c", _server.Cloud);
        CheckKernel("d", newCloud);
        foreach (string name in (string[])["a", "c"])
        {
            CheckDump(name);
        }

        CheckTop();
        Assert.Contains("panicked", PanicOf("a"), StringComparison.Ordinal);
        _server.Output($"parker destroy a b c d --now; rm /boot/*-{newCloud.Release}*");
        Assert.Contains("sysrq triggered crash", _server.Output("parker log a --boot -1"), StringComparison.Ordinal);
    }

    /// <summary>Many records while it is followed: each that arrives is whole, and the others are counted. Then its CPU is stopped in the midst of writing.</summary>
    [Fact]
    public void Log_of_a_kernel_that_writes_at_full_speed_has_no_torn_record()
    {
        _server.Output($"parker create heavy --cpus 1 --memory 256M --device {_server.Device(SharedServer.Nvme)} --cmdline printk.devkmsg=on {PartitionServer.Boots(_server.New)}");
        _server.Output("parker start heavy --wait running");
        using (AgentClient agent = _server.Application(SharedServer.Nvme))
        {
            const string Write = "awk 'BEGIN { for (i = 1; i <= LAST; i++) { printf \"heavy %d abcdefghijklmnopqrstuvwxyz0123456789 %d\\n\", i, i; fflush() } }' >/dev/kmsg";
            _server.Output("(parker log heavy -f >/tmp/heavy.log 2>/tmp/heavy.err & echo $! >/tmp/heavy.pid) </dev/null >/dev/null 2>&1; for i in $(seq 300); do grep -q 'application: up' /tmp/heavy.log && break; sleep 0.1; done");
            agent.Run(Write.Replace("LAST", HeavyRecords.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), Patience).Expect();
            _server.Output($"for i in $(seq 100); do grep -q 'heavy {HeavyRecords} ' /tmp/heavy.log && break; sleep 0.1; done; kill $(cat /tmp/heavy.pid)");
            string[] counted = _server.Output("awk '/ heavy / { n++; if (NF < 4 || $NF != $(NF-2) || $(NF-1) != \"abcdefghijklmnopqrstuvwxyz0123456789\") torn++; if ($NF <= last) order++; last = $NF } END { print n + 0, torn + 0, order + 0, last + 0 }' /tmp/heavy.log; awk '/overwritten/ { n += $2 } END { print n + 0 }' /tmp/heavy.err").Split((char[])[' ', '\n']);
            Assert.Equal(("0", "0", HeavyRecords.ToString(CultureInfo.InvariantCulture)), (counted[1], counted[2], counted[3]));
            long read = long.Parse(counted[0], CultureInfo.InvariantCulture);
            long lost = long.Parse(counted[4], CultureInfo.InvariantCulture);
            Assert.Equal(HeavyRecords, read + lost);

            // How many are overwritten before they are read is a matter of how much of the host the emulated reader gets.
            Assert.True(read > HeavyRecords / 100, $"only {read} of {HeavyRecords} were read before they were overwritten");

            agent.Run("(" + Write.Replace("LAST", "100000000", StringComparison.Ordinal) + ") >/dev/null 2>&1 &", Patience).Expect();
            Thread.Sleep(500);
        }

        _server.Output("parker stop heavy --now");
        string[] last = _server.Output("parker log heavy | tail -n 100 | grep -v ' heavy [0-9]* abcdefghijklmnopqrstuvwxyz0123456789 [0-9]*$' | wc -l; parker log heavy | grep -c ' heavy '").Split('\n');
        Assert.True(int.Parse(last[0], CultureInfo.InvariantCulture) <= 1, $"{last[0]} of the last 100 records are not whole");
        Assert.True(int.Parse(last[1], CultureInfo.InvariantCulture) > 500, $"only {last[1]} records are left");
        _server.Output("parker destroy heavy --now");
    }

    /// <summary>A kernel without a root file system panics before there is an init, and hangs; one that got no further than its first second has no VMCOREINFO.</summary>
    [Fact]
    public void Kernel_that_came_nowhere_is_told_by_its_log()
    {
        // Without that call a kernel does not say where its log is, like one that is stopped before it.
        _server.Output($"parker create early --cpus 2 --memory 256M --cmdline initcall_blacklist=crash_save_vmcoreinfo_init {PartitionServer.Boots(_server.Cloud)}");
        _server.Output($"parker create noroot --dump --cpus 1 --memory 256M --cmdline root=/dev/nothing --kernel /boot/vmlinuz-{_server.Old.Release}");
        _server.Output("parker start noroot; parker start early --wait running; parker stop early --now");
        CommandResult texts = _server.Run("parker log early");
        Assert.Contains("without times and levels", texts.Error, StringComparison.Ordinal);
        Assert.Contains("Linux version " + _server.Cloud.Release, texts.Output, StringComparison.Ordinal);
        Assert.Contains("Command line: ", texts.Output, StringComparison.Ordinal);
        string evidence = _server.Await("noroot", "panicked", 60);
        Assert.Contains("Kernel panic - not syncing: VFS: Unable to mount root fs", evidence, StringComparison.Ordinal);
        Assert.Contains("---[ end Kernel panic", _server.Output("parker log noroot | tail -n 1"), StringComparison.Ordinal);
        _server.Output("parker dump noroot /tmp/noroot.core");
        Assert.Equal(_server.Output("parker log noroot"), _server.Output("parker log --core /tmp/noroot.core; rm /tmp/noroot.core"));

        // Its policy had it dumped, too.
        string dumped = _server.Output("for i in $(seq 60); do parker events noroot | sed -n 's/.*dumped to \\([^ ]*\\).*/\\1/p' | grep . && break; sleep 0.5; done").Trim();
        Assert.StartsWith("/var/lib/parker/dumps/noroot/", dumped, StringComparison.Ordinal);
        Assert.Equal("28b52ffd", _server.Output($"od -An -tx1 -N4 {dumped} | tr -d ' '; rm {dumped}").Trim());
        _server.Output("parker destroy early noroot --now");
    }

    public void Dispose() => _server.TestEnded();

    /// <summary>What can be told of a kernel that nobody speaks with.</summary>
    private void CheckKernel(string name, CachedKernel expected)
    {
        Assert.Equal(expected.Release, _server.Json($"parker status {name} -o json").GetProperty("observed").GetProperty("release").GetString());
        Assert.Contains("application: up", _server.Output($"for i in $(seq 100); do parker log {name} | grep 'application: up' && break; sleep 0.1; done"), StringComparison.Ordinal);
        Assert.Contains("[kthreadd]", _server.Output($"parker ps {name}"), StringComparison.Ordinal);
        Assert.Matches(@"(?m)^ +0( +\d+\.\d%){4}$", _server.Output($"parker top {name}"));
    }

    private void CheckKernel(string name, AgentClient kernel, CachedKernel expected, int levels, bool hasOffset)
    {
        string Inside(string command) => kernel.Run(command, Patience).Expect().Trim();
        Inside("echo '<3>marked by the test' >/dev/kmsg");
        JsonElement seen = _server.Json($"parker status {name} -o json").GetProperty("observed");
        Assert.Equal(expected.Release, seen.GetProperty("release").GetString());
        Assert.Equal(levels, seen.GetProperty("page_table_levels").GetInt32());
        Assert.Equal(hasOffset, seen.GetProperty("kaslr_offset").GetString() != "0x0");
        Assert.Equal(Inside("cat /proc/cmdline"), seen.GetProperty("command_line").GetString());
        Assert.Equal(Inside("cat /sys/devices/system/cpu/online"), seen.GetProperty("online_cpus").GetString());
        Assert.Equal(Inside("cat /proc/sys/kernel/tainted") == "0", seen.GetProperty("taint").GetString()!.Length == 0);
        double uptime = double.Parse(Inside("cut -d' ' -f1 /proc/uptime"), CultureInfo.InvariantCulture);
        Assert.InRange(seen.GetProperty("uptime_seconds").GetDouble(), uptime - 15, uptime + 2);

        // Line for line what dmesg shows in there, up to where it was asked; but for what could control a terminal.
        string[] outside = _server.Output($"parker log {name}").Split('\n');
        string[] inside = Inside("dmesg | tr '\\t' '?'").Split('\n');
        Assert.Contains(outside, line => line.EndsWith("] marked by the test", StringComparison.Ordinal));
        Assert.Equal(outside, inside.Take(outside.Length));

        string threads = _server.Output($"parker ps {name}");
        Assert.Matches(@"(?m)^ *1 +1 +0 +\w+ .* /bin/sh /init|^ *1 +1 +0 +\w+ .*init", threads);
        Assert.Contains("[kthreadd]", threads, StringComparison.Ordinal);
        Assert.Contains("parker-agent", threads, StringComparison.Ordinal);
    }

    /// <summary>A dump holds what is found live, and is written at no less than half the rate of cp.</summary>
    private void CheckDump(string name)
    {
        string[] times = _server.Output($"t() {{ cut -d' ' -f1 /proc/uptime; }}; t; parker dump {name} /tmp/{name}.core >/dev/null; t; cp /tmp/{name}.core /tmp/copy.core; t; rm /tmp/copy.core").Split('\n');
        double[] seconds = [.. times.Select(time => double.Parse(time, CultureInfo.InvariantCulture))];
        Assert.True(seconds[1] - seconds[0] < 2 * (seconds[2] - seconds[1]), $"the dump took {seconds[1] - seconds[0]:0.0} s, and cp {seconds[2] - seconds[1]:0.0} s");
        string live = _server.Output($"parker log {name}");
        Assert.Equal(live, _server.Output($"parker log --core /tmp/{name}.core"));
        static string[] Lasting(string threads) => [.. threads.Split('\n').Where(line => !line.Contains("kworker", StringComparison.Ordinal)).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where((_, column) => column is 0 or 1 or > 5)))];
        Assert.Equal(Lasting(_server.Output($"parker ps {name}")), Lasting(_server.Output($"parker ps --core /tmp/{name}.core; rm /tmp/{name}.core")));
    }

    /// <summary>An idle CPU and one in an endless loop are told apart. Ticks that an emulated CPU misses are counted as idle, so only the difference is looked at.</summary>
    private void CheckTop()
    {
        double idle = BusyOf("b");
        using (AgentClient b = _server.Application(SharedServer.VirtioBlk))
        {
            b.Run("(while :; do :; done) >/dev/null 2>&1 & echo $! >/run/busy", Patience).Expect();
            double busy = BusyOf("b");
            Assert.True(busy > 0.25 && busy > 3 * idle, $"in a loop the CPU is {busy:0.00} busy, and idle {idle:0.00}");
            b.Run("kill $(cat /run/busy)", Patience).Expect();
        }

        Assert.Matches(@"(?m)^ +0( +\d+\.\d%){4}$", _server.Output("parker top b"));
        JsonElement usage = _server.Json("parker top b -o json");
        Assert.InRange(usage.GetProperty("total_bytes").GetInt64(), 128L << 20, 256L << 20);
        Assert.InRange(usage.GetProperty("free_bytes").GetInt64(), 32L << 20, usage.GetProperty("total_bytes").GetInt64());
    }

    private double BusyOf(string name)
    {
        JsonElement before = _server.Json($"parker top {name} -o json");
        Thread.Sleep(2000);
        JsonElement after = _server.Json($"parker top {name} -o json");
        static long Busy(JsonElement usage) => usage.GetProperty("cpus")[0] is var cpu ? cpu.GetProperty("user_ns").GetInt64() + cpu.GetProperty("system_ns").GetInt64() + cpu.GetProperty("interrupts_ns").GetInt64() : 0;
        return (Busy(after) - Busy(before)) / (double)(after.GetProperty("time_ns").GetInt64() - before.GetProperty("time_ns").GetInt64());
    }

    private string PanicOf(string name)
    {
        using (AgentClient agent = _server.Application(SharedServer.Nvme))
        {
            agent.Run("(sleep 0.5; echo c >/proc/sysrq-trigger) >/dev/null 2>&1 &", Patience).Expect();
        }

        _server.Await(name, "panicked");
        string list = _server.Output("for i in $(seq 50); do parker list | grep 'Kernel panic' && break; sleep 0.1; done");
        Assert.Contains("\"Kernel panic - not syncing: sysrq triggered crash\"", list, StringComparison.Ordinal);
        return list;
    }
}
