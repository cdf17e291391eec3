namespace Parker.Api.Topology;

/// <summary>What of the machine can be granted to partitions.</summary>
/// <param name="Buses">The PCI buses, in the sets that can only be granted together, root buses too, by segment and number.</param>
/// <param name="IommuUnits">The IOMMU units, in the order of the topology.</param>
public sealed record GrantsDocument(IReadOnlyList<BusGrantDocument> Buses, IReadOnlyList<UnitGrantDocument> IommuUnits);
