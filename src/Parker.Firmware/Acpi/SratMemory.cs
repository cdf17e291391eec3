using System.Runtime.InteropServices;

namespace Parker.Firmware.Acpi;

/// <summary>"Memory Affinity Structure".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct SratMemory
{
    public byte Type;
    public byte Length;
    public uint ProximityDomain;
    public ushort Reserved1;
    public ulong BaseAddress;
    public ulong LengthBytes;
    public uint Reserved2;
    public uint Flags;
    public ulong Reserved3;
}
