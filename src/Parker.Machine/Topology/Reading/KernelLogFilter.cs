namespace Parker.Machine.Topology.Reading;

/// <summary>Which lines of a kernel log say how the machine was brought up. All others are left alone: they can name people and files.</summary>
public static class KernelLogFilter
{
    private static readonly string[] Marks =
    [
        "x2apic",
        "APIC routing",
        "IRQ remapping",
        "Interrupt remapping",
        "DMAR",
        "AMD-Vi",
        "tsc: ",
        "TSC ",
        "BIOS-e820: ",
        "user-defined physical RAM map",
        "user: [mem",
        "SRAT: ",
        "NUMA: ",
        "Lockdown",
        "lockdown",
        "Secure boot",
        "secureboot",
        "Booting Node",
        "smpboot: ",
        "CPU topo: ",
        "Hypervisor detected",
        "ACPI: MCFG",
        "PCI: MMCONFIG",
        "PCI: ECAM",
        "PCI: not using",
        "e820: ",
        "microcode: ",
        "kexec",
        "split lock",
    ];

    /// <summary>Whether <paramref name="line"/> is such a line.</summary>
    public static bool TellsHowTheMachineCameUp(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        foreach (string mark in Marks)
        {
            if (line.Contains(mark, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
