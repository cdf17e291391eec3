using System.Runtime.InteropServices;

namespace Parker.Firmware.Acpi;

/// <summary>"Processor Local APIC Structure".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct MadtLocalApic
{
    public byte Type;
    public byte Length;
    public byte ProcessorUid;
    public byte ApicId;
    public uint Flags;
}
