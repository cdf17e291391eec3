using System.Runtime.InteropServices;

namespace Parker.Firmware.Acpi;

/// <summary>"System Description Table Header".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct TableHeader
{
    public uint Signature;
    public uint Length;
    public byte Revision;
    public byte Checksum;
    public OemId OemId;
    public ulong OemTableId;
    public uint OemRevision;
    public uint CreatorId;
    public uint CreatorRevision;
}
