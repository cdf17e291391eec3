namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>What the IVRS table tells.</summary>
/// <param name="Units">IVHD blocks, one for each unit.</param>
/// <param name="Reserved">IVMD blocks.</param>
internal sealed record IvrsTable(IReadOnlyList<IommuUnit> Units, IReadOnlyList<IommuReservedMemory> Reserved);
