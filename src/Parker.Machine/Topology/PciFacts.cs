namespace Parker.Machine.Topology;

/// <summary>PCI: configuration space windows, buses, functions.</summary>
public sealed record PciFacts
{
    /// <summary>Memory-mapped configuration space, from the MCFG table.</summary>
    public required IReadOnlyList<EcamRange> Ecam { get; init; }

    /// <summary>Every function, by address; bridges too.</summary>
    public required IReadOnlyList<PciFunction> Functions { get; init; }

    /// <summary>Every bus, by segment and number.</summary>
    public required IReadOnlyList<PciBus> Buses { get; init; }

    /// <summary>Uses that could not be seen, so that a function without <see cref="PciFunction.Uses"/> may be in use all the same; empty where all were seen.</summary>
    public IReadOnlyList<UnseenPciUse> UnseenUses { get; init; } = [];
}
