using System.Runtime.InteropServices;

namespace Parker.Firmware.Acpi;

/// <summary>What stands before the entries of the "Multiple APIC Description Table (MADT)".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct MadtBody
{
    public uint LocalApicAddress;
    public uint Flags;
}
