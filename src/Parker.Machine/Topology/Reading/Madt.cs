namespace Parker.Machine.Topology.Reading;

/// <summary>What the MADT lists, in the table's order.</summary>
/// <param name="Processors">Its processors, with whether the entry is an x2APIC one (type 9).</param>
/// <param name="IoApics">Its I/O APICs.</param>
internal sealed record Madt(IReadOnlyList<(MadtProcessor Processor, bool IsX2apicEntry)> Processors, IReadOnlyList<MadtIoApic> IoApics)
{
    public static Madt Empty { get; } = new([], []);
}
