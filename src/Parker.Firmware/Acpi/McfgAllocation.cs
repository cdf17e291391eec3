using System.Runtime.InteropServices;

namespace Parker.Firmware.Acpi;

/// <summary>"Configuration space base address allocation structure" of the MCFG (PCI Firmware specification 3.3, 4.1.2).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct McfgAllocation
{
    public ulong BaseAddress;
    public ushort Segment;
    public byte FirstBus;
    public byte LastBus;
    public uint Reserved;
}
