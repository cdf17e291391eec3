using Parker.Machine;
using Parker.Machine.Topology;

namespace Parker.Planning.Validation;

/// <summary>The APIC IDs that the CPUs of a machine have or may get.</summary>
internal static class MachineApicIds
{
    private const uint Favourite = 0xFE;

    public static HashSet<ApicId> Of(MachineTopology machine) =>
        [.. machine.Interrupts.Processors.Select(processor => processor.ApicId), .. machine.Cpus.Select(cpu => cpu.ApicId.Value).OfType<ApicId>()];

    /// <summary>An APIC ID that no CPU has: the highest below 255 that is free, else the lowest above 255, which is the broadcast.</summary>
    public static ApicId Phantom(HashSet<ApicId> taken)
    {
        IEnumerable<uint> order = Enumerable.Range(0, (int)Favourite + 1).Select(below => Favourite - (uint)below).Concat(Enumerable.Range(256, taken.Count + 1).Select(above => (uint)above));
        return order.Select(value => new ApicId(value)).First(id => !taken.Contains(id));
    }
}
