using System.Runtime.InteropServices;

namespace Parker.Firmware.Acpi;

/// <summary>"I/O APIC Structure".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct MadtIoApic
{
    public byte Type;
    public byte Length;
    public byte IoApicId;
    public byte Reserved;
    public uint Address;
    public uint GlobalSystemInterruptBase;
}
