using Parker.Lab.Agents;

namespace Parker.Runtime.LabTests;

/// <summary>What cannot work is refused before anything is taken, or fails with evidence; the machine is as before.</summary>
[Collection(SharedServer.Name)]
public sealed class RefusalsTests(SharedServer.Fixture fixture) : IDisposable
{
    private const int Refused = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly PartitionServer _server = fixture.Server;

    private string Kernel => $"/boot/vmlinuz-{_server.New.Release}";

    private string Initrd => $"/boot/initrd-{_server.New.Release}.img";

    [Fact]
    public void Resources_that_cannot_be_given_are_refused_with_the_reason()
    {
        string boots = PartitionServer.Boots(_server.New);
        MachineSnapshot before = _server.Snapshot();

        string card = _server.Device(SharedServer.E1000e);
        Refuses($"--cpus 2 --memory 512M --device {card} {boots}", "BUS003", $"ip link set $(ls /sys/bus/pci/devices/{card}/net) up", $"ip link set $(ls /sys/bus/pci/devices/{card}/net) down");
        Refuses($"--cpus 6-7 --memory 512M {boots}", "PLAN", "echo 0 >/sys/devices/system/cpu/cpu7/online", "echo 1 >/sys/devices/system/cpu/cpu7/online");
        Refuses($"--cpus 0-1 --memory 512M {boots}", "PLAN");
        Refuses($"--cpus 2 --memory 16M {boots}", "LAY004");
        Refuses($"--cpus 2 --memory 64G {boots}", "FIT022");
        Refuses($"--cpus 99-100 --memory 512M {boots}", "FIT011");
        Refuses($"--cpus 2 --memory 512M --device 0000:77:00.0 {boots}", "FIT003");

        _server.Output($"parker create first --cpus 4-5 --memory 512M {boots}");
        Refuses($"--cpus 5-6 --memory 512M {boots}", "FIT014");
        _server.Output("parker destroy first");
        before.AssertSame(_server.Snapshot());
    }

    [Fact]
    public void Damaged_and_truncated_images_are_refused()
    {
        _server.Output($"cp {Kernel} /tmp/damaged; printf X | dd of=/tmp/damaged bs=1 seek=5000000 conv=notrunc 2>/dev/null");
        _server.Output($"head -c 3000000 {Kernel} >/tmp/short; head -c 1000000 {Initrd} >/tmp/short.img; echo nothing >/tmp/nothing");
        Refuses($"--cpus 2 --memory 512M --kernel /tmp/damaged --initrd {Initrd}", "IMG017");
        Refuses($"--cpus 2 --memory 512M --kernel /tmp/short --initrd {Initrd}", "IMG0");
        Refuses($"--cpus 2 --memory 512M --kernel {Kernel} --initrd /tmp/short.img", "IMG04");
        Refuses($"--cpus 2 --memory 512M --kernel /tmp/nothing", "IMG0");
        Refuses($"--cpus 2 --memory 512M --kernel {Kernel} --initrd /tmp/missing.img", "IMG040");
        Refuses($"--cpus 2 --memory 512M --kernel {Kernel} --initrd {Initrd} --cmdline 'acpi=off'", "CMD0");

        // Good when it was defined, gone when it is to start.
        _server.Output($"cp {Kernel} /tmp/later; parker create late --cpus 2 --memory 512M --kernel /tmp/later; rm /tmp/later");
        CommandResult result = _server.Run("parker start late");
        Assert.Equal(Refused, result.ExitCode);
        Assert.Contains("IMG001", result.Error, StringComparison.Ordinal);
        Assert.Equal("0-7", _server.Output("cat /sys/devices/system/cpu/online"));
        _server.Output("parker destroy late; rm /tmp/damaged /tmp/short /tmp/short.img /tmp/nothing");
    }

    [Fact]
    public void Kernel_that_hangs_at_its_first_instruction_is_told_and_stopped()
    {
        MachineSnapshot before = _server.Snapshot();
        byte[] image = File.ReadAllBytes(_server.New.ImagePath);
        int entry = ((image[0x1f1] + 1) * 512) + 0x200;
        (image[entry], image[entry + 1]) = (0xEB, 0xFE);

        // A release that has no checksum in its image any more, or the change would be refused.
        int release = BitConverter.ToUInt16(image, 0x20e) + 0x200;
        "6.99"u8.CopyTo(image.AsSpan(release));
        _server.Server.Agent.CopyIn(new MemoryStream(image), "/tmp/hangs", UnixFileMode.UserRead, Patience);
        _server.Output("parker create hangs --cpus 2 --memory 256M --kernel /tmp/hangs");
        Assert.Contains("starting", _server.Output("parker start hangs"), StringComparison.Ordinal);
        Assert.Contains("the kernel was entered", _server.Status("hangs").Evidence, StringComparison.Ordinal);
        Assert.Contains("has not called SetVirtualAddressMap", _server.Await("hangs", "hung", 120), StringComparison.Ordinal);

        CommandResult asked = _server.Run("parker stop hangs --grace 2s");
        Assert.Equal(0, asked.ExitCode);
        Assert.Contains("2 CPUs proven parked", asked.Output, StringComparison.Ordinal);
        _server.Output("parker destroy hangs; rm /tmp/hangs");
        before.AssertSame(_server.Snapshot());
    }

    [Fact]
    public void Kernel_that_panics_before_its_first_heartbeat_is_told_by_what_it_said_and_stopped()
    {
        MachineSnapshot before = _server.Snapshot();

        // Without this initcall the first socket of the kernel itself is a null pointer, long before the thermal driver and before the kernel has said where its log is.
        _server.Output($"parker create early --cpus 2 --memory 384M --cmdline initcall_blacklist=sock_init {PartitionServer.Boots(_server.New)}");
        _server.Output("parker start early");
        Assert.Contains("Attempted to kill init!", _server.Await("early", "panicked", 60), StringComparison.Ordinal);
        Assert.Contains("sock_alloc", _server.Output("parker log early 2>/dev/null"), StringComparison.Ordinal);
        Assert.Contains("2 CPUs proven parked", _server.Output("parker stop early --now"), StringComparison.Ordinal);
        _server.Output("parker destroy early");
        before.AssertSame(_server.Snapshot());
    }

    public void Dispose() => _server.TestEnded();

    private void Refuses(string options, string id, string prepare = "true", string cleanUp = "true")
    {
        _server.Output(prepare);
        CommandResult result = _server.Run($"parker create refused {options}");
        _server.Output(cleanUp);
        Assert.True(result.ExitCode == Refused && result.Error.Contains($" {id}", StringComparison.Ordinal), $"'{options}' gave {result.ExitCode}, not {Refused} with {id}: {result.Output}{result.Error}");
        Assert.NotEqual(0, _server.Run("parker status refused").ExitCode);
    }
}
