using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Grants;

/// <summary>Buses that can only be granted together, and what stands in the way: those behind one bridge of a root bus, or a root bus itself.</summary>
public sealed record BusCandidate
{
    /// <summary>The bridge on a root bus above them; null for a root bus, which is never granted.</summary>
    public required PciAddress? Port { get; init; }

    /// <summary>The buses.</summary>
    public required PciBusRange Buses { get; init; }

    /// <summary>The functions on them, bridges too, ascending.</summary>
    public required IReadOnlyList<PciAddress> Functions { get; init; }

    /// <summary>The ECAM address of bus 0 of the segment, host-physical; null where no range covers the buses.</summary>
    public required PhysicalAddress? EcamBase { get; init; }

    /// <summary>The port's memory windows, ascending.</summary>
    public required IReadOnlyList<PciWindow> Windows { get; init; }

    /// <summary>The NUMA node; null where the firmware does not tell.</summary>
    public required int? Node { get; init; }

    /// <summary>The IOMMU units above the functions, as the firmware lists them; empty where there is none.</summary>
    public required IReadOnlyList<IommuUnit> Units { get; init; }

    /// <summary>All that stands in the way, and what should be known, by id; also what an owned unit would clear away.</summary>
    public required IReadOnlyList<GrantReason> Reasons { get; init; }

    /// <summary>Whether the buses can be granted to a partition that does not own the unit above them.</summary>
    public bool IsGrantable => !Reasons.Any(reason => reason.Refuses);

    /// <summary>Whether the buses can be granted to a partition that owns the unit above them.</summary>
    /// <remarks>Whether the unit itself can be owned is <see cref="UnitCandidate.CanBeOwned"/>.</remarks>
    public bool IsGrantableWithUnit => !Reasons.Any(reason => reason.Refuses && !reason.OnlyWithoutUnit);

    /// <summary>The reasons that are about <paramref name="function"/>.</summary>
    public IEnumerable<GrantReason> ReasonsFor(PciAddress function) => Reasons.Where(reason => reason.Concerns(function));

    /// <summary>The buses as a plan holds them.</summary>
    /// <exception cref="InvalidOperationException">They cannot be granted.</exception>
    public PartitionBus ToPartitionBus() =>
        IsGrantableWithUnit && Port is PciAddress port && EcamBase is PhysicalAddress ecam
            ? new PartitionBus(port, Buses, ecam, Windows, Functions, Node)
            : throw new InvalidOperationException($"Buses {Buses} cannot be granted.");
}
