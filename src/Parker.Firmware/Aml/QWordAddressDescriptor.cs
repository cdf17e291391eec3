using System.Runtime.InteropServices;

namespace Parker.Firmware.Aml;

/// <summary>Addresses of 64 bits: "QWord Address Space Descriptor".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct QWordAddressDescriptor
{
    public byte Tag;
    public ushort Length;
    public byte ResourceType;
    public byte GeneralFlags;
    public byte TypeFlags;
    public ulong Granularity;
    public ulong Minimum;
    public ulong Maximum;
    public ulong TranslationOffset;
    public ulong AddressLength;
}
