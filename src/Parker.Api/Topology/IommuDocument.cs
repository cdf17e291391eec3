using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>The IOMMU units.</summary>
public sealed record IommuDocument
{
    /// <summary>Whether the Boot Kernel drives them.</summary>
    public required FactDocument<bool?> DrivenByBootKernel { get; init; }

    /// <summary>The bits of an address that DMA may use; null where there is no DMAR table.</summary>
    public required int? HostAddressWidth { get; init; }

    /// <summary>Whether the firmware's DMAR table says that interrupts can be remapped.</summary>
    public required bool FirmwareAllowsRemapping { get; init; }

    /// <summary>Whether the firmware's DMAR table asks the kernel to leave x2APIC mode alone.</summary>
    public required bool FirmwareOptsOutOfX2apic { get; init; }

    /// <summary>The units.</summary>
    public required IReadOnlyList<IommuUnitDocument> Units { get; init; }

    /// <summary>Memory that devices must reach always.</summary>
    public required IReadOnlyList<ReservedMemoryDocument> ReservedMemory { get; init; }

    internal static IommuDocument Of(IommuFacts iommu) => new()
    {
        DrivenByBootKernel = Facts.Of(iommu.DrivenByBootKernel),
        HostAddressWidth = iommu.HostAddressWidth == 0 ? null : iommu.HostAddressWidth,
        FirmwareAllowsRemapping = iommu.FirmwareAllowsRemapping,
        FirmwareOptsOutOfX2apic = iommu.FirmwareOptsOutOfX2apic,
        Units = [.. iommu.Units.Select(IommuUnitDocument.Of)],
        ReservedMemory = [.. iommu.ReservedMemory.Where(memory => !memory.Range.IsEmpty).Select(ReservedMemoryDocument.Of)],
    };
}
