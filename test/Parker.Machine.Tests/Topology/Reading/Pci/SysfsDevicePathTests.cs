using Parker.Machine.Topology.Reading.Pci;

namespace Parker.Machine.Tests.Topology.Reading.Pci;

public sealed class SysfsDevicePathTests
{
    [Theory]
    [InlineData("../../devices/pci0000:00/0000:00:1c.0/0000:01:00.0/virtio0/block/vda", "0000:01:00.0")]
    [InlineData("../../devices/pci10000:e0/10000:e0:1d.0/10000:e1:00.0/nvme/nvme0", "10000:e1:00.0")]
    [InlineData("../../devices/pci0000:00/0000:00:1f.2/ata1/host0/target0:0:0/0:0:0:0/block/sda", "0000:00:1f.2")]
    [InlineData("../../devices/pnp0/00:00/00:00:0/00:00:0.0/tty/ttyS0", null)]
    [InlineData("../../devices/platform/serial8250/serial8250:0/serial8250:0.0/tty/ttyS0", null)]
    [InlineData("../../devices/virtual/block/dm-0", null)]
    public void LastFunction_is_the_one_nearest_to_the_device(string path, string? function) =>
        Assert.Equal(function, SysfsDevicePath.LastFunction(path)?.ToString());
}
