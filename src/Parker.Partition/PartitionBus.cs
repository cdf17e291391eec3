using Parker.Machine;

namespace Parker.Partition;

/// <summary>The buses behind one root port, granted as one.</summary>
/// <param name="RootPort">The Boot Kernel's root port above them; it stays the Boot Kernel's.</param>
/// <param name="Buses">The buses, with the segment number of the machine.</param>
/// <param name="EcamBase">The ECAM address of bus 0 of that segment, host-physical (bus <c>n</c> lies n MiB above).</param>
/// <param name="Windows">The root port's memory windows: at most one that is not prefetchable and one that is.</param>
/// <param name="Functions">The functions on those buses, ascending.</param>
/// <param name="Node">The NUMA node; null where the firmware does not tell.</param>
public sealed record PartitionBus(
    PciAddress RootPort,
    PciBusRange Buses,
    PhysicalAddress EcamBase,
    IReadOnlyList<PciWindow> Windows,
    IReadOnlyList<PciAddress> Functions,
    int? Node)
{
    /// <summary>The segment number that the Application Kernel sees: one more than the machine's, so never 0.</summary>
    /// <remarks>Linux uses ports CF8/CFC, which it would share with the Boot Kernel without a lock, for segment 0 only (arch/x86/pci/common.c, <c>raw_pci_read</c>).</remarks>
    public ushort ApplicationSegment => checked((ushort)(Buses.Segment + 1));

    /// <summary>The configuration space of the granted buses, host-physical, 1 MiB each.</summary>
    public PhysicalRange Ecam => new(EcamBase + (ByteSize.FromMebibytes(1) * Buses.First), ByteSize.FromMebibytes(1) * (ulong)Buses.Count);
}
