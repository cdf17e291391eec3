using System.Runtime.InteropServices;

namespace Parker.Firmware.Acpi;

/// <summary>"Fixed ACPI Description Table (FADT)" of ACPI 6.3 with its header; only the fields that hardware-reduced ACPI leaves.</summary>
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 0x114)]
internal struct FixedDescription
{
    [FieldOffset(0x00)]
    public TableHeader Header;

    [FieldOffset(0x2D)]
    public byte PreferredPmProfile;

    [FieldOffset(0x60)]
    public ushort C2Latency;

    [FieldOffset(0x62)]
    public ushort C3Latency;

    [FieldOffset(0x6D)]
    public BootArchitecture BootArchitecture;

    [FieldOffset(0x70)]
    public FixedFeatures Features;

    [FieldOffset(0x83)]
    public byte MinorRevision;

    [FieldOffset(0x8C)]
    public ulong ExtendedDsdt;
}
