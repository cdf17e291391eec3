using System.Runtime.InteropServices;

namespace Parker.Firmware.Acpi;

/// <summary>"Processor Local APIC/SAPIC Affinity Structure".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct SratLocalApic
{
    public byte Type;
    public byte Length;
    public byte ProximityDomainLow;
    public byte ApicId;
    public uint Flags;
    public byte LocalSapicEid;
    public byte ProximityDomainHigh0;
    public ushort ProximityDomainHigh1;
    public uint ClockDomain;
}
