using System.Globalization;
using System.Text;
using Parker.Machine.Topology.Sources;

namespace Parker.Fixtures.Servers;

/// <summary>Writes what is known of the Boot Kernel of a made-up server: Debian's, started by GRUB.</summary>
internal static class KernelFiles
{
    public const string Release = "6.12.95+deb13-amd64";

    // Those of Debian's options that decide whether and how partitions can be started.
    private const string Configuration =
        """
        # An excerpt of the configuration that Debian builds linux-image-amd64 with.
        CONFIG_64BIT=y
        CONFIG_X86_64=y
        CONFIG_SMP=y
        CONFIG_X86_X2APIC=y
        CONFIG_NR_CPUS=8192
        CONFIG_NUMA=y
        CONFIG_HOTPLUG_CPU=y
        CONFIG_MEMORY_HOTPLUG=y
        CONFIG_MEMORY_HOTREMOVE=y
        CONFIG_KEXEC=y
        CONFIG_KEXEC_FILE=y
        CONFIG_RELOCATABLE=y
        CONFIG_RANDOMIZE_BASE=y
        CONFIG_X86_MSR=m
        CONFIG_X86_CPUID=m
        CONFIG_DEVMEM=y
        CONFIG_STRICT_DEVMEM=y
        CONFIG_IO_STRICT_DEVMEM=y
        CONFIG_FIRMWARE_MEMMAP=y
        CONFIG_SECURITY_LOCKDOWN_LSM=y
        CONFIG_LOCK_DOWN_KERNEL_FORCE_NONE=y
        CONFIG_LOCK_DOWN_IN_EFI_SECURE_BOOT=y
        CONFIG_ACPI=y
        CONFIG_ACPI_TABLE_UPGRADE=y
        CONFIG_EFI=y
        CONFIG_PCI=y
        CONFIG_PCI_MSI=y
        CONFIG_PCI_MMCONFIG=y
        CONFIG_PCIEPORTBUS=y
        CONFIG_PCI_STUB=m
        CONFIG_PCI_IOV=y
        CONFIG_VFIO=m
        CONFIG_VFIO_PCI=m
        CONFIG_IRQ_REMAP=y
        CONFIG_AMD_IOMMU=y
        CONFIG_INTEL_IOMMU=y
        # CONFIG_INTEL_IOMMU_DEFAULT_ON is not set
        CONFIG_DEV_DAX_HMEM=m
        CONFIG_DEV_DAX_KMEM=m
        CONFIG_FUSE_FS=y
        CONFIG_PERF_EVENTS=y
        CONFIG_LOCALVERSION=""
        CONFIG_HZ=250

        """;

    /// <param name="tree">The machine.</param>
    /// <param name="parameters">The command line after <c>ro</c>.</param>
    /// <param name="log">The kernel log.</param>
    /// <param name="bootCpuMsrs">Registers of CPU 0.</param>
    public static void Write(MachineTree tree, string parameters, IEnumerable<string> log, params (uint Register, ulong Value)[] bootCpuMsrs)
    {
        tree.Line("/proc/sys/kernel/osrelease", Release);
        tree.Line("/proc/version", $"Linux version {Release} (builder@example.org) (x86_64-linux-gnu-gcc-14 (Debian 14.2.0-19) 14.2.0) #1 SMP PREEMPT_DYNAMIC Debian 6.12.95-1");
        tree.Line("/proc/cmdline", $"BOOT_IMAGE=/boot/vmlinuz-{Release} root=UUID=00000000-0000-0000-0000-000000000000 ro {parameters}");
        tree.Text("/boot/config-" + Release, Configuration);
        tree.Line("/sys/kernel/security/lockdown", "[none] integrity confidentiality");
        tree.Line("/sys/module/msr/parameters/allow_writes", "default");
        tree.Line("/sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc");
        tree.Text("/dev/mem", "");
        tree.Text("/dev/cpu/0/msr", "");
        tree.Text("/dev/cpu/0/cpuid", "");
        tree.Text(CaptureLayout.KernelLog, string.Concat(log.Select(line => line + "\n")));
        tree.Text(CaptureLayout.Msr, string.Concat(bootCpuMsrs.Select(msr => string.Create(CultureInfo.InvariantCulture, $"0 0x{msr.Register:x} 0x{msr.Value:x}\n"))));
    }

    /// <summary>Maker and model.</summary>
    public static void WriteIdentity(MachineTree tree, string vendor, string product, string biosVersion, string biosDate)
    {
        const string folder = "/sys/devices/virtual/dmi/id";
        tree.Link("/sys/class/dmi/id", folder);
        tree.Line(folder + "/sys_vendor", vendor);
        tree.Line(folder + "/product_name", product);
        tree.Line(folder + "/bios_version", biosVersion);
        tree.Line(folder + "/bios_date", biosDate);
    }

    /// <summary><c>/proc/interrupts</c>: the I/O APIC's, then an interrupt of each named chip.</summary>
    public static void WriteInterrupts(MachineTree tree, IReadOnlyList<ServerCpu> cpus, IEnumerable<string> chips)
    {
        List<ServerCpu> online = [.. cpus.Where(cpu => cpu.Online)];
        StringBuilder text = new("      ");
        foreach (ServerCpu cpu in online)
        {
            text.Append(CultureInfo.InvariantCulture, $"{"CPU" + cpu.Number.ToString(CultureInfo.InvariantCulture),-11}");
        }

        text.Append('\n');
        int number = 24;
        foreach (string chip in (string[])["IR-IO-APIC    8-edge      rtc0", "IR-IO-APIC    9-fasteoi   acpi", .. chips])
        {
            text.Append(CultureInfo.InvariantCulture, $"{number,4}:");
            for (int at = 0; at < online.Count; at++)
            {
                text.Append(CultureInfo.InvariantCulture, $" {(at == number % online.Count ? 1 : 0),10}");
            }

            text.Append("  ").Append(chip).Append('\n');
            number++;
        }

        tree.Text("/proc/interrupts", text.ToString());
    }
}
