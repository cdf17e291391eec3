using Parker.Partition;

namespace Parker.Planning.Grants;

/// <summary>Buses granted to one partition together.</summary>
/// <param name="Buses">The buses, ascending.</param>
/// <param name="Iommu">The unit that the partition owns; null for none.</param>
/// <param name="Reasons">What stands in the way, each with the buses or the unit that it is about. With a refusal, the grant must not be made.</param>
public sealed record BusGrant(IReadOnlyList<PartitionBus> Buses, PartitionIommu? Iommu, IReadOnlyList<(string Place, GrantReason Reason)> Reasons)
{
    /// <summary>What keeps the devices to the partition's memory.</summary>
    public Containment Containment => Iommu is null ? Containment.None : Containment.Owned;

    /// <summary>Whether nothing refuses it.</summary>
    public bool IsAllowed => !Reasons.Any(reason => reason.Reason.Refuses);
}
