using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Firmware.Acpi;

/// <summary>SRAT and SLIT: on which node CPUs and memory are, and how far nodes are from each other.</summary>
/// <remarks>
/// Written for one node too: without an SRAT Linux on AMD asks the northbridge, through PCI bus 0 (arch/x86/mm/numa.c, <c>x86_numa_init</c>).
/// It drops an SRAT that leaves more than 1 MiB of the memory map out, so the low slot is in it, on the node of the first range. It numbers nodes by
/// the order in which it meets proximity domains, so entries are in that order. Where memory may come is there as hot-pluggable, so that Linux knows the nodes and keeps room for it; nothing of
/// it is touched before it comes.
/// </remarks>
internal static class AffinityTables
{
    private const byte SratRevision = 3;
    private const byte SlitRevision = 1;
    private const byte TypeLocalApic = 0;
    private const byte TypeMemory = 1;
    private const byte TypeLocalX2Apic = 2;
    private const uint Enabled = 1;
    private const uint HotPluggable = 2;
    private const byte ToItself = 10;
    private const byte ToAnother = 20;

    public static TableWriter Srat(PartitionPlan plan, ProcessorTable processors, ProximityDomains domains)
    {
        TableWriter table = TableWriter.Start("SRAT", SratRevision).Append(new SratBody { Reserved1 = 1 });
        foreach (PartitionCpu cpu in plan.ToldCpus.OrderBy(cpu => domains.Of(cpu.Node)))
        {
            table.Append(Processor(cpu, processors, domains.Of(cpu.Node)));
        }

        PartitionMemory lowSlot = new(new(plan.LowSlot, LowSlotLayout.Size), plan.Memory[0].Node);
        HashSet<PartitionMemory> mayCome = [.. plan.ElasticMemory?.Windows ?? []];
        foreach (PartitionMemory memory in plan.Memory.Prepend(lowSlot).Concat(mayCome).OrderBy(memory => domains.Of(memory.Node)))
        {
            table.Append(new SratMemory
            {
                Type = TypeMemory,
                Length = 40,
                ProximityDomain = domains.Of(memory.Node),
                BaseAddress = memory.Range.Start.Value,
                LengthBytes = memory.Range.Length.Bytes,
                Flags = mayCome.Contains(memory) ? Enabled | HotPluggable : Enabled,
            });
        }

        return table;
    }

    public static TableWriter Slit(PartitionPlan plan, ProximityDomains domains, DiagnosticBag diagnostics)
    {
        int count = domains.Nodes.Count;
        TableWriter table = TableWriter.Start("SLIT", SlitRevision).Append((ulong)count);
        byte[] distances = new byte[count * count];
        for (int from = 0; from < count; from++)
        {
            for (int to = 0; to < count; to++)
            {
                distances[from * count + to] = from == to ? ToItself : Distance(plan, domains.Nodes[from], domains.Nodes[to], diagnostics);
            }
        }

        return table.Append(distances);
    }

    // Linux drops a SLIT with a distance of 10 or less to another node (drivers/acpi/numa/srat.c, slit_valid).
    private static byte Distance(PartitionPlan plan, int from, int to, DiagnosticBag diagnostics)
    {
        int told = from >= 0 && to >= 0 && from < plan.NodeDistances.Count && to < plan.NodeDistances[from].Count ? plan.NodeDistances[from][to] : 0;
        if (told is > ToItself and <= byte.MaxValue)
        {
            return (byte)told;
        }

        diagnostics.Warning(
            "ACPI006",
            $"partition {plan.Name}",
            $"The distance from node {from} to node {to} is {(told == 0 ? "not told" : $"{told}, not 11 to 255")}; the Application Kernel is told {ToAnother}.");
        return ToAnother;
    }

    private static byte[] Processor(PartitionCpu cpu, ProcessorTable processors, uint domain) => processors.UsesX2Apic(cpu.ApicId)
        ? TableWriter.Bytes(new SratLocalX2Apic { Type = TypeLocalX2Apic, Length = 24, ProximityDomain = domain, ApicId = cpu.ApicId.Value, Flags = Enabled })
        : TableWriter.Bytes(new SratLocalApic
        {
            Type = TypeLocalApic,
            Length = 16,
            ProximityDomainLow = (byte)(domain & 0xFF),
            ProximityDomainHigh0 = (byte)((domain >> 8) & 0xFF),
            ProximityDomainHigh1 = checked((ushort)(domain >> 16)),
            ApicId = (byte)cpu.ApicId.Value,
            Flags = Enabled,
        });
}
