namespace Parker.Machine.Topology;

/// <summary>One hardware thread under the Boot Kernel's number for it.</summary>
public sealed record LogicalCpu
{
    /// <summary>The Boot Kernel's number.</summary>
    public required int Number { get; init; }

    /// <summary>Whether the Boot Kernel runs on it.</summary>
    public required bool Online { get; init; }

    /// <summary>Its APIC ID: of an online CPU from the kernel, of an offline one from the MADT. Null where neither tells it.</summary>
    public required Finding<ApicId?> ApicId { get; init; }

    /// <summary>The package (socket); -1 where unknown, as for an offline CPU.</summary>
    public required int Package { get; init; }

    /// <summary>The die within the package; 0 where the kernel shows none.</summary>
    public required int Die { get; init; }

    /// <summary>The core within the package, as the kernel numbers it; -1 where unknown.</summary>
    public required int Core { get; init; }

    /// <summary>The threads of the same core, with this one. Of an offline CPU: derived from APIC IDs where they are known.</summary>
    public required CpuSet Siblings { get; init; }

    /// <summary>The NUMA node; 0 where the kernel shows none.</summary>
    public required int Node { get; init; }

    /// <summary>Whether it can be taken offline, with the reason where not (no <c>online</c> file, the boot CPU).</summary>
    public required Finding<bool?> CanGoOffline { get; init; }

    /// <summary>Whether it is the bootstrap processor, whose INIT restarts at the reset vector.</summary>
    public required bool IsBootstrapProcessor { get; init; }
}
