namespace Parker.Api.Topology;

/// <summary>Whether buses can be granted.</summary>
public enum GrantVerdict
{
    /// <summary>No.</summary>
    No,

    /// <summary>To any partition.</summary>
    Yes,

    /// <summary>To a partition that owns the IOMMU unit above them.</summary>
    WithIommuUnit,
}
