namespace Parker.Machine.Topology;

/// <summary>The kind of an IOMMU unit.</summary>
public enum IommuKind
{
    /// <summary>Intel VT-d, from the DMAR table.</summary>
    IntelVtd,

    /// <summary>AMD-Vi, from the IVRS table.</summary>
    AmdVi,
}
