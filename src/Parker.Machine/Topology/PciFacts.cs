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

/// <summary>A range of buses whose configuration space is memory-mapped.</summary>
/// <param name="Base">The ECAM address of bus 0 of the segment (even where the range starts above bus 0), host-physical.</param>
/// <param name="Buses">The buses covered.</param>
public sealed record EcamRange(PhysicalAddress Base, PciBusRange Buses)
{
    /// <summary>The addresses of the covered buses, 1 MiB each.</summary>
    public PhysicalRange Addresses => new(Base + (ByteSize.FromMebibytes(1) * Buses.First), ByteSize.FromMebibytes(1) * (ulong)Buses.Count);
}

/// <summary>One bus.</summary>
/// <param name="Segment">Its segment.</param>
/// <param name="Number">Its number.</param>
/// <param name="Bridge">The bridge above; null for a root bus.</param>
/// <param name="Subordinate">The highest bus number behind it, from the bridge; its own number for a root bus.</param>
/// <param name="Functions">The functions on it.</param>
public sealed record PciBus(uint Segment, byte Number, PciAddress? Bridge, byte Subordinate, IReadOnlyList<PciAddress> Functions);
