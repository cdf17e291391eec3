using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>One IOMMU unit.</summary>
public sealed record IommuUnitDocument
{
    /// <summary><c>intel_vtd</c> or <c>amd_vi</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its register base.</summary>
    public required string Registers { get; init; }

    /// <summary>The PCI segment it serves.</summary>
    public required uint Segment { get; init; }

    /// <summary>Whether it takes all devices of the segment that no other unit names.</summary>
    public required bool IncludesAll { get; init; }

    /// <summary>The buses wholly in its scope by name.</summary>
    public required IReadOnlyList<BusRangeDocument> Buses { get; init; }

    /// <summary>The functions that it names one by one.</summary>
    public required IReadOnlyList<string> Devices { get; init; }

    /// <summary>The unit's own function (AMD); null for others.</summary>
    public required string? Function { get; init; }

    /// <summary>The name under which the Boot Kernel drives it; null where it does not.</summary>
    public required string? BootKernelName { get; init; }

    /// <summary>The I/O APICs whose interrupts it remaps.</summary>
    public required IReadOnlyList<int> IoApicIds { get; init; }

    internal static IommuUnitDocument Of(IommuUnit unit) => new()
    {
        Kind = ApiJson.NameOf(unit.Kind),
        Registers = unit.Registers.ToString(),
        Segment = unit.Segment,
        IncludesAll = unit.IncludesAll,
        Buses = [.. unit.Buses.Select(BusRangeDocument.Of)],
        Devices = [.. unit.Devices.Select(device => device.ToString())],
        Function = unit.Function?.ToString(),
        BootKernelName = unit.BootKernelName.Length == 0 ? null : unit.BootKernelName,
        IoApicIds = [.. unit.IoApicIds.Select(id => (int)id)],
    };
}
