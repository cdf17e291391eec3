namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>What the DMAR table tells.</summary>
/// <param name="HostAddressWidth">In bits.</param>
/// <param name="Flags">Bit 0: interrupt remapping; bit 1: leave x2APIC mode alone; bit 2: DMA protection asked for.</param>
/// <param name="Units">DRHD structures.</param>
/// <param name="Reserved">RMRR structures.</param>
internal sealed record DmarTable(int HostAddressWidth, byte Flags, IReadOnlyList<IommuUnit> Units, IReadOnlyList<IommuReservedMemory> Reserved);
