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
}
