namespace Parker.Planning.Grants;

/// <summary>What keeps a granted device to its partition's memory.</summary>
public enum Containment
{
    /// <summary>Nothing: the device can write wherever the Application Kernel tells it to.</summary>
    None,

    /// <summary>The partition owns the IOMMU unit above the device, and its kernel confines it.</summary>
    Owned,
}
