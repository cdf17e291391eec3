using System.Globalization;
using Parker.Lab.Agents;
using Parker.Lab.Kernels;
using Parker.Lab.Servers;

namespace Parker.Runtime.LabTests;

/// <summary>Two different stock kernels beside the one that booted an 8-CPU, 2-node server, each with a disk and a network card of another kind.</summary>
[Collection(SharedServer.Name)]
public sealed class TwoPartitionsTests(SharedServer.Fixture fixture) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PartitionServer _server = fixture.Server;

    [Fact]
    public void Two_stock_kernels_run_beside_the_boot_kernel_and_all_is_given_back()
    {
        MachineSnapshot before = _server.Snapshot();
        double[] quiet = TickerGaps();
        _server.Output($"parker create a --cpus 2 --memory 512M --device {_server.Device(SharedServer.Nvme)} --device {_server.Device(SharedServer.E1000e)} {PartitionServer.Boots(_server.New)}");
        _server.Output($"parker create b --cpus 2 --memory 384M --device {_server.Device(SharedServer.VirtioBlk)} --device {_server.Device(SharedServer.VirtioNet)} {PartitionServer.Boots(_server.Old)}");
        int logBefore = _server.Output("dmesg").Length;
        _server.Output("parker start a b --wait running");

        using (AgentClient a = _server.Application(SharedServer.Nvme))
        using (AgentClient b = _server.Application(SharedServer.VirtioBlk))
        {
            double[] busy = TickerGaps();
            Check(a, _server.New, cpus: 2, memoryMebibytes: 512, disk: "nvme0n1", diskNumber: SharedServer.Nvme, card: SharedServer.E1000e);
            Check(b, _server.Old, cpus: 2, memoryMebibytes: 384, disk: "vda", diskNumber: SharedServer.VirtioBlk, card: SharedServer.VirtioNet);
            CheckInterruptsStayHome(a, b);

            // The host runs other things beside this: the bound tells a Boot Kernel that was stopped, not one that waited for its turn.
            TestContext.Current.SendDiagnosticMessage("gaps of a 10 ms ticker, worst: {0:F0} ms before, {1:F0} ms beside two partitions", quiet[^1], busy[^1]);
            Assert.True(busy[busy.Length / 2] < 10 * Math.Max(quiet[quiet.Length / 2], 20), $"median gap {busy[busy.Length / 2]} ms, before {quiet[quiet.Length / 2]} ms");
        }

        string list = _server.Output("parker list");
        Assert.Matches(@"a\s+running\s+1-2\s+512 MiB", list);
        Assert.Matches(@"b\s+running\s+5-6\s+384 MiB", list);
        Assert.Equal("0,3-4,7", _server.Output("cat /sys/devices/system/cpu/online"));

        Assert.Contains("its kernel shut down when asked", _server.Output("parker stop a --grace 60s"), StringComparison.Ordinal);
        Assert.Contains("stopped by force", _server.Output("parker stop b --now"), StringComparison.Ordinal);
        _server.Output("parker destroy a b");

        string log = _server.Output("dmesg")[logBefore..];
        Assert.DoesNotMatch("(?i)stall|lockup|unexpected|spurious|hung task|call trace|no irq handler", log);
        before.AssertSame(_server.Snapshot());
    }

    public void Dispose() => _server.TestEnded();

    private static void Check(AgentClient kernel, CachedKernel expected, int cpus, int memoryMebibytes, string disk, int diskNumber, int card)
    {
        string Output(string command) => kernel.Run(command, Patience).Expect().Trim();
        Assert.Equal(expected.Release, Output("uname -r"));
        Assert.Equal($"0-{cpus - 1}", Output("cat /sys/devices/system/cpu/online"));
        Assert.Equal($"0-{cpus - 1}", Output("cat /sys/devices/system/cpu/present"));
        long kibibytes = long.Parse(Output("sed -n 's/^MemTotal: *\\([0-9]*\\) kB/\\1/p' /proc/meminfo"), CultureInfo.InvariantCulture);
        Assert.InRange(kibibytes, (memoryMebibytes * 1024L * 3) / 4, memoryMebibytes * 1024L);
        Assert.Equal($"parker lab disk {diskNumber}", Output($"head -c 17 /dev/{disk}"));
        Output($"dd if=/dev/urandom of=/tmp/block bs=64k count=1 2>/dev/null; dd if=/tmp/block of=/dev/{disk} bs=64k seek=16 conv=fsync 2>/dev/null; echo 3 >/proc/sys/vm/drop_caches");
        Output($"dd if=/dev/{disk} bs=64k skip=16 count=1 2>/dev/null | cmp - /tmp/block");
        Assert.Contains(EmulatedServer.MacAddress(card), Output("cat /sys/class/net/*/address"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(?i)stall|lockup|call trace|unexpected irq|not using ecam", Output("dmesg"));
    }

    /// <summary>While both kernels make their own CPUs call each other, the Boot Kernel's counters of such interrupts do not run with them.</summary>
    private void CheckInterruptsStayHome(AgentClient a, AgentClient b)
    {
        const string calls = "for i in $(seq 200); do taskset 1 true; taskset 2 true; done; grep -E 'CAL|RES' /proc/interrupts";
        const string count = "awk '/^ *(CAL|RES|TLB|NMI):/ { for (i = 2; i <= NF && $i ~ /^[0-9]+$/; i++) sum += $i } END { print sum }' /proc/interrupts";
        static long Count(AgentClient kernel) => long.Parse(kernel.Run(count, Patience).Expect(), CultureInfo.InvariantCulture);
        long bootBefore = Count(_server.Server.Agent);
        long applicationsBefore = Count(a) + Count(b);
        a.Run(calls, Patience).Expect();
        b.Run(calls, Patience).Expect();
        long applications = Count(a) + Count(b) - applicationsBefore;
        long boot = Count(_server.Server.Agent) - bootBefore;
        Assert.True(applications > 100, $"the partitions' kernels sent only {applications} interrupts to their own CPUs");
        Assert.True(boot < applications / 2 + 200, $"the Boot Kernel took {boot} interrupts of that kind while the partitions sent {applications}");
    }

    /// <summary>The gaps, in milliseconds and ascending, of a loop on the Boot Kernel that sleeps 10 ms.</summary>
    private double[] TickerGaps()
    {
        string[] times = _server.Output("for i in $(seq 100); do cut -d' ' -f1 /proc/uptime; usleep 10000; done").Split('\n');
        double[] seconds = [.. times.Select(time => double.Parse(time, CultureInfo.InvariantCulture))];
        return [.. seconds.Skip(1).Zip(seconds, (next, last) => (next - last) * 1000).Order()];
    }
}
