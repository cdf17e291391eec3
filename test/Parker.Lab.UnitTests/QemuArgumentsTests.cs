using Parker.Lab.Servers;
using Parker.Machine;

namespace Parker.Lab.UnitTests;

public sealed class QemuArgumentsTests
{
    private static readonly ServerFiles Files = new("/f", "/s");

    [Fact]
    public void Server_in_xapic_mode_has_no_iommu_and_shows_its_apic_page()
    {
        string line = Line(new ServerSpec { Memory = ByteSize.FromGibibytes(4), Pool = ByteSize.FromGibibytes(2) });
        Assert.Contains("-machine q35 -accel tcg,thread=single -cpu max,-erms,-fsrm -nodefaults", line, StringComparison.Ordinal);
        Assert.Contains("-no-reboot", line, StringComparison.Ordinal);
        Assert.Contains("-smp 8,sockets=2,cores=4,threads=1 -m 4096M", line, StringComparison.Ordinal);
        Assert.Contains(
            "tsc_early_khz=2300000 tsc=reliable intremap=off iomem=relaxed memmap=512K$0x10000 memmap=2G$0x100000000", line, StringComparison.Ordinal);
        Assert.DoesNotContain("intel-iommu", line, StringComparison.Ordinal);
    }

    [Fact]
    public void X2apic_mode_takes_a_unit_with_interrupt_remapping_that_the_kernel_uses()
    {
        string line = Line(new ServerSpec { X2apic = true });
        Assert.Contains("-device intel-iommu,intremap=on,eim=on", line, StringComparison.Ordinal);
        Assert.Contains("intel_iommu=on", line, StringComparison.Ordinal);
        Assert.DoesNotContain("iomem=relaxed", line, StringComparison.Ordinal);
        Assert.DoesNotContain("intremap=off", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Unit_for_a_partition_is_left_alone_and_translates_for_virtio_devices()
    {
        string line = Line(new ServerSpec { Iommu = true, Devices = [new DeviceSpec(DeviceKind.VirtioBlk)] });
        Assert.Contains("-device intel-iommu,intremap=on,eim=on", line, StringComparison.Ordinal);
        Assert.Contains("intel_iommu=off intremap=off iomem=relaxed", line, StringComparison.Ordinal);
        Assert.Contains("iommu_platform=on", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Devices_have_a_root_port_each()
    {
        string line = Line(new ServerSpec
        {
            Devices = [new DeviceSpec(DeviceKind.Nvme), new DeviceSpec(DeviceKind.VirtioBlk), new DeviceSpec(DeviceKind.E1000e), new DeviceSpec(DeviceKind.VirtioNet)],
        });
        for (int device = 0; device < 4; device++)
        {
            Assert.Contains($"-device pcie-root-port,id=port{device},bus=pcie.0,addr=0x{device + 4:x2},chassis={device + 1},slot={device + 1}", line, StringComparison.Ordinal);
            Assert.Contains($"bus=port{device},addr=0x0", line, StringComparison.Ordinal);
        }

        Assert.Contains("-drive if=none,id=disk0,format=raw,file=/f/disk0.img -device nvme,serial=lab0,drive=disk0,", line, StringComparison.Ordinal);
        Assert.Contains("-device virtio-blk-pci,serial=lab1,drive=disk1,", line, StringComparison.Ordinal);
        Assert.Contains("-netdev user,id=net2,restrict=on -device e1000e,netdev=net2,mac=52:54:00:50:4b:02,", line, StringComparison.Ordinal);
        Assert.Contains("-device virtio-net-pci,netdev=net3,mac=52:54:00:50:4b:03,", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Agent_port_of_an_application_kernel_is_a_second_function_of_the_device()
    {
        string line = Line(new ServerSpec { Devices = [new DeviceSpec(DeviceKind.Nvme, WithAgentPort: true)] });
        Assert.Contains("drive=disk0,bus=port0,addr=0x0,multifunction=on", line, StringComparison.Ordinal);
        Assert.Contains("-chardev socket,id=agent0,path=/s/agent0,server=on,wait=off -device virtio-serial-pci,id=controller0,bus=port0,addr=0x0.0x1", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_have_memory_and_cpus_of_their_own()
    {
        string line = Line(new ServerSpec { Nodes = 2 });
        Assert.Contains("-object memory-backend-ram,id=memory0,size=2048M -numa node,nodeid=0,memdev=memory0,cpus=0-3", line, StringComparison.Ordinal);
        Assert.Contains("-object memory-backend-ram,id=memory1,size=2048M -numa node,nodeid=1,memdev=memory1,cpus=4-7", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernel_parameters_asked_for_come_last_and_no_slots_give_no_hole()
    {
        string line = KernelParameters.Of(new ServerSpec { LowSlots = 0, Pool = default, KernelParameters = ["quiet", "nosmt"] }, 1);
        Assert.EndsWith(" quiet nosmt", line, StringComparison.Ordinal);
        Assert.DoesNotContain("memmap=", line, StringComparison.Ordinal);
    }

    private static string Line(ServerSpec spec) => string.Join(' ', QemuArguments.Of(spec, Files, "/k", 2_300_000));
}
