using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>One logical CPU.</summary>
public sealed record CpuDocument
{
    /// <summary>The Boot Kernel's number.</summary>
    public required int Cpu { get; init; }

    /// <summary>Whether the Boot Kernel runs on it.</summary>
    public required bool Online { get; init; }

    /// <summary>Its APIC ID.</summary>
    public required FactDocument<uint?> ApicId { get; init; }

    /// <summary>The package (socket); null where unknown, as for an offline CPU.</summary>
    public required int? Package { get; init; }

    /// <summary>The die within the package.</summary>
    public required int Die { get; init; }

    /// <summary>The core within the package; null where unknown.</summary>
    public required int? Core { get; init; }

    /// <summary>The threads of the same core, with this one, as a cpulist.</summary>
    public required string Siblings { get; init; }

    /// <summary>The NUMA node.</summary>
    public required int Node { get; init; }

    /// <summary>Whether it can be taken offline, with the reason where not.</summary>
    public required FactDocument<bool?> CanGoOffline { get; init; }

    /// <summary>Whether it is the bootstrap processor.</summary>
    public required bool IsBootstrapProcessor { get; init; }

    internal static CpuDocument Of(LogicalCpu cpu) => new()
    {
        Cpu = cpu.Number,
        Online = cpu.Online,
        ApicId = Facts.Of(cpu.ApicId, static id => id?.Value),
        Package = cpu.Package < 0 ? null : cpu.Package,
        Die = cpu.Die,
        Core = cpu.Core < 0 ? null : cpu.Core,
        Siblings = cpu.Siblings.ToString(),
        Node = cpu.Node,
        CanGoOffline = Facts.Of(cpu.CanGoOffline),
        IsBootstrapProcessor = cpu.IsBootstrapProcessor,
    };
}
