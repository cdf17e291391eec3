using System.Runtime.InteropServices;

namespace Parker.Firmware.Aml;

/// <summary>Addresses of 32 bits: "DWord Address Space Descriptor".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct DWordAddressDescriptor
{
    public byte Tag;
    public ushort Length;
    public byte ResourceType;
    public byte GeneralFlags;
    public byte TypeFlags;
    public uint Granularity;
    public uint Minimum;
    public uint Maximum;
    public uint TranslationOffset;
    public uint AddressLength;
}
