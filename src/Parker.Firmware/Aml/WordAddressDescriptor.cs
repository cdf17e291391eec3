using System.Runtime.InteropServices;

namespace Parker.Firmware.Aml;

/// <summary>Addresses of 16 bits: "Word Address Space Descriptor".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct WordAddressDescriptor
{
    public byte Tag;
    public ushort Length;
    public byte ResourceType;
    public byte GeneralFlags;
    public byte TypeFlags;
    public ushort Granularity;
    public ushort Minimum;
    public ushort Maximum;
    public ushort TranslationOffset;
    public ushort AddressLength;
}
