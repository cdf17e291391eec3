using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Runtime;

/// <summary>Finds what two partitions both want.</summary>
internal static class PlanOverlap
{
    public static void Check(PartitionPlan plan, PartitionPlan other, DiagnosticBag problems)
    {
        string place = $"partition {plan.Name}";
        CpuSet cpus = Cpus(plan).Intersect(Cpus(other));
        if (!cpus.IsEmpty)
        {
            problems.Error("RUN010", place, $"CPUs {cpus} belong to partition {other.Name}.", "Take others.");
        }

        PhysicalRangeSet memory = Memory(plan).Intersect(Memory(other));
        if (!memory.IsEmpty)
        {
            problems.Error("RUN011", place, $"Memory {memory} belongs to partition {other.Name}.", "Take another range, or let Parker choose.");
        }

        if (Slot(plan).Overlaps(Slot(other)))
        {
            problems.Error("RUN012", place, $"The low slot {Slot(plan)} overlaps that of partition {other.Name}.", "Take another slot, or let Parker choose.");
        }

        foreach (PartitionBus bus in plan.Buses.Where(bus => other.Buses.Any(taken => taken.Buses.Overlaps(bus.Buses))))
        {
            problems.Error("RUN013", place, $"The devices on {bus.Buses} belong to partition {other.Name}.", "Take a device on another bus.");
        }

        if (plan.UartPort is ushort port && other.UartPort == port)
        {
            problems.Error("RUN014", place, $"The UART at 0x{port:x} belongs to partition {other.Name}.", "Take another.");
        }
    }

    private static CpuSet Cpus(PartitionPlan plan) => CpuSet.Of(plan.Cpus.Select(cpu => cpu.Number));

    private static PhysicalRangeSet Memory(PartitionPlan plan) => PhysicalRangeSet.Of(plan.AllMemory.Select(memory => memory.Range));

    private static PhysicalRange Slot(PartitionPlan plan) => new(plan.LowSlot, LowSlotLayout.Size);
}
