using System.Runtime.InteropServices;

namespace Parker.Firmware.Acpi;

/// <summary>"Processor Local x2APIC Structure".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct MadtLocalX2Apic
{
    public byte Type;
    public byte Length;
    public ushort Reserved;
    public uint ApicId;
    public uint Flags;
    public uint ProcessorUid;
}
