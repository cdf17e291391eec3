namespace Parker.Machine.Topology.Reading;

/// <summary>What the firmware says about the nearness of CPUs and memory.</summary>
/// <param name="Cpus">The proximity domain of each enabled processor, by APIC ID.</param>
/// <param name="Memory">The enabled memory ranges with their proximity domains, in the table's order.</param>
internal sealed record Srat(IReadOnlyDictionary<ApicId, uint> Cpus, IReadOnlyList<(PhysicalRange Range, uint Domain)> Memory)
{
    public static Srat Empty { get; } = new(new Dictionary<ApicId, uint>(), []);
}
