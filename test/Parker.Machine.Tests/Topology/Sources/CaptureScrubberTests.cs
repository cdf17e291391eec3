using System.Text;
using Parker.Machine.Topology.Sources;

namespace Parker.Machine.Tests.Topology.Sources;

public sealed class CaptureScrubberTests
{
    [Theory]
    [InlineData("proc/cmdline", "root=UUID=0b54c9f3-52a0-4b46-8bbd-c5d0f5a1a2b3 ro", "root=UUID=00000000-0000-0000-0000-000000000000 ro", "UUIDs")]
    [InlineData("proc/cmdline", "ip=10.1.2.3::10.1.2.1:255.255.255.0 ro", "ip=0.0.0.0::0.0.0.0:0.0.0.0 ro", "IP addresses")]
    [InlineData("proc/cmdline", "BOOTIF=52:54:00:12:34:56", "BOOTIF=00:00:00:00:00:00", "MAC addresses")]
    [InlineData("proc/cmdline", "BOOTIF=01-52-54-00-12-34-56 ro", "BOOTIF=00-00-00-00-00-00-00 ro", "MAC addresses")]
    [InlineData("proc/cmdline", "nfsaddrs=[2001:db8::1] ip=[fe80:1:2:3:4:5:6:7]", "nfsaddrs=[::] ip=[::]", "IP addresses")]
    [InlineData("proc/cmdline", "ro -- --token 12345\n", "ro --\n", "arguments of init")]
    [InlineData("proc/cmdline", "systemd.hostname=files.example.org ro", "systemd.hostname=host ro", "host names")]
    [InlineData("proc/cmdline", "root=/dev/mapper/db--7-vg-root ro", "root=/dev/mapper/host-vg-root ro", "host names")]
    [InlineData("proc/cmdline", "root=/dev/db-7-vg/root ro", "root=/dev/host-vg/root ro", "host names")]
    [InlineData("proc/cmdline", "ip=::::db-7:eth0:off", "ip=::::host:eth0:off", "host names")]
    [InlineData("sys/devices/virtual/block/dm-0/dm/name", "db--7-vg-root\n", "host-vg-root\n", "host names")]
    [InlineData("proc/self/mountinfo", "36 35 98:0 / /mnt rw - nfs files.example.org:/export/home rw", "36 35 98:0 / /mnt rw - nfs host:/export/home rw", "hosts of network file systems")]
    [InlineData("proc/mounts", "//files/share /mnt cifs rw 0 0", "host:/share /mnt cifs rw 0 0", "hosts of network file systems")]
    [InlineData("sys/class/net/eth0/address", "52:54:00:12:34:56\n", "00:00:00:00:00:00\n", "MAC addresses")]
    [InlineData("sys/devices/virtual/dmi/id/product_uuid", "x", "", "DMI texts")]
    [InlineData("sys/class/dmi/id/board_serial", "1234", "", "DMI texts")]
    public void Add_what_names_the_machine_is_taken_out(string path, string text, string expected, string what)
    {
        (string result, CaptureScrubber scrubber) = Scrub(path, Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, result);
        Assert.Equal([what], scrubber.Replaced.Keys);
    }

    [Theory]
    [InlineData("proc/cmdline", "BOOT_IMAGE=/boot/vmlinuz-6.1.0-56-amd64 memmap=4G$4G console=ttyS0,115200n8 pci=0000:81:00.0")]
    [InlineData("proc/cmdline", "quiet db-7 foo=\"a -- b\" -- ")]
    [InlineData("proc/cmdline", "dev=[0000:01] a=/dev/db-77/x b=[mem 0-ff]")]
    [InlineData("proc/self/mountinfo", "36 35 98:0 / / rw - ext4 /dev/nvme0n1p2 rw")]
    [InlineData(".parker/kernel.log", "BIOS-e820: [mem 0x0000000000001000-0x000000000009fbff] usable")]
    [InlineData("sys/class/dmi/id/bios_version", "1.2.3.4")]
    [InlineData("proc/cpuinfo", "52:54:00:12:34:56")]
    public void Add_what_the_machine_is_made_of_stays(string path, string text)
    {
        (string result, CaptureScrubber scrubber) = Scrub(path, Encoding.UTF8.GetBytes(text));
        Assert.Equal(text, result);
        Assert.Empty(scrubber.Replaced);
    }

    [Fact]
    public void Add_configuration_space_loses_its_serial_number()
    {
        byte[] config = new byte[4096];
        config.AsSpan().Fill(0x55);
        new byte[] { 0x01, 0x00, 0x01, 0x14 }.CopyTo(config, 0x100);
        new byte[] { 0x03, 0x00, 0x01, 0x00 }.CopyTo(config, 0x140);
        TreeMachineSource tree = new();
        CaptureScrubber scrubber = new(tree);
        scrubber.Add("sys/devices/pci0000:00/0000:00:01.0/config", CaptureEntryKind.File, config);
        tree.TryRead("/sys/devices/pci0000:00/0000:00:01.0/config", out byte[] result);
        config.AsSpan(0x144, 8).Clear();
        Assert.Equal(config, result);
        Assert.Equal(1, scrubber.Replaced["PCI device serial numbers"]);
    }

    [Fact]
    public void Add_configuration_space_of_any_bytes_is_passed_on()
    {
        Random random = new(1);
        for (int round = 0; round < 200; round++)
        {
            byte[] config = new byte[random.Next(4097)];
            random.NextBytes(config);
            new CaptureScrubber(new TreeMachineSource()).Add("sys/devices/x/config", CaptureEntryKind.File, config);
        }
    }

    private static (string Result, CaptureScrubber Scrubber) Scrub(string path, byte[] content)
    {
        TreeMachineSource tree = new();
        CaptureScrubber scrubber = new(tree, "db-7.example.org");
        scrubber.Add(path, CaptureEntryKind.File, content);
        tree.TryRead("/" + path, out byte[] result);
        return (Encoding.UTF8.GetString(result), scrubber);
    }
}
