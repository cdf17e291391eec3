using System.Globalization;
using Parker.Lab.Agents;
using Parker.Lab.Servers;

namespace Parker.Runtime.LabTests;

/// <summary>A server with an IOMMU unit of which the Boot Kernel makes no use: a partition with all devices behind it owns it.</summary>
public sealed class IommuTests : IDisposable
{
    private const int Nvme = 0;
    private const int VirtioNet = 1;
    private const string UnitStatus = "devmem 0xfed9001c 32";
    private const uint InUse = 0x8200_0000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PartitionServer _server = new(
        new ServerSpec { Cpus = new CpuTopology(1, 4, 1), Iommu = true, Devices = [new DeviceSpec(DeviceKind.Nvme, WithAgentPort: true), new DeviceSpec(DeviceKind.VirtioNet)] },
        "iommu");

    [Fact]
    public void Owner_remaps_interrupts_in_x2apic_mode_and_its_unit_is_switched_off_when_it_is_stopped_by_force()
    {
        MachineSnapshot before = _server.Snapshot();
        string disk = _server.Device(Nvme);
        Assert.Equal("none", Containment($"--device {disk}"));
        Assert.Equal("owned", Containment($"--device {disk} --device {_server.Device(VirtioNet)}"));

        _server.Output("parker start owner --wait running");
        using (AgentClient owner = _server.Application(Nvme))
        {
            string Output(string command) => owner.Run(command, Patience).Expect().Trim();
            string log = Output("dmesg");
            Assert.Contains("Enabled IRQ remapping in x2apic mode", log, StringComparison.Ordinal);
            Assert.Contains("Switched APIC routing to: physical x2apic", log, StringComparison.Ordinal);
            Assert.DoesNotMatch("(?i)DMAR: .*fault|call trace", log);
            Assert.Matches("IR-PCI-MSIX-0001:01:00.0 .*nvme0q1", Output("cat /proc/interrupts"));
            Output("dd if=/dev/urandom of=/tmp/block bs=64k count=1 2>/dev/null; dd if=/tmp/block of=/dev/nvme0n1 bs=64k seek=16 conv=fsync 2>/dev/null; echo 3 >/proc/sys/vm/drop_caches");
            Output("dd if=/dev/nvme0n1 bs=64k skip=16 count=1 2>/dev/null | cmp - /tmp/block");
            Output("ifconfig eth0 10.0.2.15 netmask 255.255.255.0 up; arping -c 3 -w 20 -I eth0 10.0.2.2");
        }

        Assert.NotEqual(0u, Status() & InUse);
        Assert.Contains("stopped by force", _server.Output("parker stop owner --now"), StringComparison.Ordinal);
        Assert.Equal(0u, Status() & InUse);

        // Again, from a unit that was in use, and this time to an end in order.
        _server.Output("parker start owner --wait running");
        using (AgentClient owner = _server.Application(Nvme))
        {
            Assert.Equal("parker lab disk 0", owner.Run("head -c 17 /dev/nvme0n1", Patience).Expect());
        }

        _server.Output("parker stop owner; parker destroy owner");
        Assert.Equal("parker lab disk 0", _server.Output("head -c 17 /dev/nvme*n1"));
        before.AssertSame(_server.Snapshot());
        Assert.InRange(DaemonKibibytes(), 1, 60_000);
        AssertShutdownStopsPartitionsFirst();
    }

    public void Dispose()
    {
        _server.TestEnded();
        _server.Dispose();
    }

    /// <summary>The Boot Kernel's shutdown asks the kernels in partitions to shut down before it goes.</summary>
    private void AssertShutdownStopsPartitionsFirst()
    {
        _server.Output($"parker create last --cpus 2 --memory 512M --uart 0x2f8 --cmdline console=ttyS1 {PartitionServer.Boots(_server.Old)}");
        _server.Output("parker start last --wait running");
        _server.AwaitSecondUart("application: up");

        // What busybox's poweroff sends to init.
        _server.Output("kill -USR2 1");
        Assert.Equal(new ServerExit("guest-shutdown", 0), _server.Server.WaitForExit(Patience * 2));
        Assert.Contains("application: poweroff", _server.Server.SecondUartText(), StringComparison.Ordinal);
        Assert.Contains("last: stopped, its kernel shut down when asked; 2 CPUs proven parked", _server.Server.ConsoleText(), StringComparison.Ordinal);
    }

    private int DaemonKibibytes() =>
        int.Parse(_server.Output("sed -n 's/^VmRSS:[^0-9]*\\([0-9]*\\) kB/\\1/p' /proc/$(pidof parker)/status"), CultureInfo.InvariantCulture);

    /// <summary>What a partition with these devices is told of them; the last one that was defined stays.</summary>
    private string Containment(string devices)
    {
        _server.Run("parker destroy owner");
        return _server.Json($"parker create owner --cpus 2 --memory 512M {devices} {PartitionServer.Boots(_server.New)} -o json").GetProperty("containment").GetString()!;
    }

    private uint Status() => Convert.ToUInt32(_server.Output(UnitStatus), 16);
}
