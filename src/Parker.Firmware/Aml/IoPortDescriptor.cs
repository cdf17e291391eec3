using System.Runtime.InteropServices;

namespace Parker.Firmware.Aml;

/// <summary>I/O ports: "I/O Port Descriptor".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct IoPortDescriptor
{
    public byte Tag;
    public byte Information;
    public ushort Minimum;
    public ushort Maximum;
    public byte Alignment;
    public byte PortCount;
}
