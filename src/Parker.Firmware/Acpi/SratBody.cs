using System.Runtime.InteropServices;

namespace Parker.Firmware.Acpi;

/// <summary>What stands before the entries of the "System Resource Affinity Table (SRAT)".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct SratBody
{
    public uint Reserved1;
    public ulong Reserved2;
}
