using System.Runtime.InteropServices;

namespace Parker.Firmware.Acpi;

/// <summary>"Root System Description Pointer (RSDP)", revision 2.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct RootPointer
{
    public const int LengthOfRevision0 = 20;

    public ulong Signature;
    public byte Checksum;
    public OemId OemId;
    public byte Revision;
    public uint RsdtAddress;
    public uint Length;
    public ulong XsdtAddress;
    public byte ExtendedChecksum;
    public byte Reserved0;
    public byte Reserved1;
    public byte Reserved2;
}
