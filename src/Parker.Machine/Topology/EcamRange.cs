namespace Parker.Machine.Topology;

/// <summary>A range of buses whose configuration space is memory-mapped.</summary>
/// <param name="Base">The ECAM address of bus 0 of the segment (even where the range starts above bus 0), host-physical.</param>
/// <param name="Buses">The buses covered.</param>
public sealed record EcamRange(PhysicalAddress Base, PciBusRange Buses)
{
    /// <summary>The addresses of the covered buses, 1 MiB each.</summary>
    public PhysicalRange Addresses => new(Base + (ByteSize.FromMebibytes(1) * Buses.First), ByteSize.FromMebibytes(1) * (ulong)Buses.Count);
}
