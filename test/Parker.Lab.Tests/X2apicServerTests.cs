using Parker.Lab.Servers;

namespace Parker.Lab.Tests;

/// <summary>A server in x2APIC mode, and how servers end.</summary>
public sealed class X2apicServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // One server for all of it: a boot costs more than what is asked of it.
    [Fact]
    public void Server_in_x2apic_mode_remaps_interrupts_and_ends_when_it_powers_off()
    {
        using EmulatedServer server = EmulatedServer.Start(
            new ServerSpec { Cpus = new CpuTopology(1, 4, 1), X2apic = true, Applications = [], Devices = [new DeviceSpec(DeviceKind.Nvme)] }, "lab-x2apic");
        server.WaitUntilReady();
        string msr = server.Run("dd if=/dev/cpu/1/msr bs=8 count=1 skip=27 iflag=skip_bytes 2>/dev/null | od -An -tx4 | awk '{print $1}'", Patience).Expect().Trim();
        Assert.Equal("fee00c00", msr);
        Assert.Contains("Enabled IRQ remapping in x2apic mode", server.Run("dmesg", Patience).Expect(), StringComparison.Ordinal);
        Assert.Contains("IR-PCI-MSI", server.Run("grep nvme /proc/interrupts", Patience).Expect(), StringComparison.Ordinal);

        // The signal that busybox's poweroff sends to init.
        server.Run("kill -USR2 1", Patience).Expect();
        Assert.Equal(new ServerExit("guest-shutdown", 0), server.WaitForExit(Patience));
        Assert.Contains("The server ended", Assert.Throws<LabException>(() => server.Run("true", Patience)).Message, StringComparison.Ordinal);
        server.KeepEvidence = false;
    }

    [Fact]
    public void Server_whose_kernel_panics_ends_with_a_reset_and_keeps_its_console()
    {
        string folder;
        using (EmulatedServer server = EmulatedServer.Start(new ServerSpec { Cpus = new CpuTopology(1, 2, 1), Applications = [], KernelParameters = ["rdinit=/none", "init=/none"] }, "lab-panic"))
        {
            folder = server.Folder;
            Assert.Equal(new ServerExit("guest-reset", 0), server.WaitForExit(Patience * 3));
            Assert.Throws<LabException>(() => server.WaitForAgent(TimeSpan.FromSeconds(5)));
        }

        Assert.Contains("Kernel panic", File.ReadAllText(Path.Combine(folder, "console.log")), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "initramfs.cpio")));
        Directory.Delete(folder, recursive: true);
    }
}
