using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Validation;

/// <summary>The memory of a plan. Alignment and overlaps within the plan are the layout's (LAY).</summary>
internal static class MemoryRules
{
    public static void Check(PartitionPlan plan, MachineIndex index, string place, DiagnosticBag diagnostics)
    {
        MachineTopology machine = index.Machine;
        if (plan.Memory.Count == 0)
        {
            diagnostics.Error(PlanDiagnosticId.NoMemory, place, "It has no memory.", "Give it at least one range of the pool.");
        }

        foreach (PartitionMemory memory in plan.AllMemory)
        {
            if (!machine.Memory.Pool.Contains(memory.Range))
            {
                PhysicalRangeSet outside = PhysicalRangeSet.Of(memory.Range).Subtract(machine.Memory.Pool);
                diagnostics.Error(
                    PlanDiagnosticId.MemoryOutsidePool,
                    place,
                    $"Its memory {memory.Range} is not in the pool: the Boot Kernel does not keep out of {outside}.",
                    machine.Memory.Pool.IsEmpty ? "Boot with memmap=SIZE$ADDRESS." : $"Take memory of {machine.Memory.Pool}.");
            }
            else if (!index.Memory.Of(memory.Node).Contains(memory.Range))
            {
                diagnostics.Error(PlanDiagnosticId.MemoryNode, place, $"Its memory {memory.Range} is not, or not wholly, on node {memory.Node}.", "Plan it anew.");
            }
        }

        PhysicalRange slot = new(plan.LowSlot, LowSlotLayout.Size);
        if (!index.SlotRegions.Contains(slot))
        {
            diagnostics.Error(
                PlanDiagnosticId.LowSlotOutsidePool,
                place,
                $"Its low slot {slot} is not in the low pool.",
                machine.Memory.LowPool.IsEmpty ? "Boot with memmap=512K$0x10000." : $"Take a slot of {index.SlotRegions}.");
        }
    }
}
