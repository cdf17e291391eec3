using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Firmware.Acpi;

/// <summary>What a plan may not ask of ACPI.</summary>
internal static class PlanCheck
{
    private const uint MaxSegment = ushort.MaxValue - 1;

    // MAX_LOCAL_APIC of 64-bit kernels (arch/x86/include/asm/apicdef.h).
    private const uint ApicIdLimit = 32768;

    public static bool Passes(PartitionPlan plan, DiagnosticBag diagnostics)
    {
        string place = $"partition {plan.Name}";
        int before = diagnostics.Count;
        CheckCounts(plan, place, diagnostics);
        CheckNodes(plan, place, diagnostics);
        CheckApicIds(plan, place, diagnostics);
        foreach (uint segment in plan.Buses.Select(bus => bus.Buses.Segment).Concat(plan.Iommu is null ? [] : [plan.Iommu.Segment]).Where(segment => segment > MaxSegment).Distinct())
        {
            diagnostics.Error("ACPI004", place, $"PCI segment 0x{segment:x} does not fit ACPI's 16 bits with one added.", "Grant buses of other segments.");
        }

        CheckBuses(plan, place, diagnostics);
        if (plan.Iommu is PartitionIommu unit && (unit.HostAddressWidth is < 1 or > 64 || !unit.Registers.IsAligned(ByteSize.Page)))
        {
            diagnostics.Error(
                "ACPI005",
                place,
                $"The IOMMU unit at {unit.Registers} with {unit.HostAddressWidth} address bits is none: registers start at a page, and a width is 1 to 64.",
                "Look at the machine's DMAR table.");
        }

        return diagnostics.Count == before;
    }

    private static void CheckCounts(PartitionPlan plan, string place, DiagnosticBag diagnostics)
    {
        foreach ((int count, string what) in new[] { (plan.ToldCpus.Count, "CPUs"), (plan.Buses.Count, "bus ranges") })
        {
            if (count > DifferentiatedDescription.MaxDevicesOfAKind)
            {
                diagnostics.Error(
                    "ACPI001", place, $"It has {count} {what}, and its DSDT has names for {DifferentiatedDescription.MaxDevicesOfAKind}.", $"Give it fewer {what}.");
            }
        }
    }

    // The header page has a byte for the domain of a piece of memory.
    private static void CheckNodes(PartitionPlan plan, string place, DiagnosticBag diagnostics)
    {
        if (plan.ElasticMemory is not null && plan.Nodes.Count > byte.MaxValue)
        {
            diagnostics.Error("ACPI009", place, $"Its memory may come and go, and it has {plan.Nodes.Count} nodes of {byte.MaxValue} that are possible then.", "Create it with --node, or without --memory-max.");
        }
    }

    private static void CheckBuses(PartitionPlan plan, string place, DiagnosticBag diagnostics)
    {
        for (int i = 0; i < plan.Buses.Count; i++)
        {
            PciBusRange buses = plan.Buses[i].Buses;
            if (buses.Last < buses.First || plan.Buses.Take(i).Any(other => other.Buses.Overlaps(buses)))
            {
                diagnostics.Error("ACPI008", place, $"The buses {buses} end before they start, or are granted twice.", "Make the plan anew from this machine.");
            }
        }
    }

    private static void CheckApicIds(PartitionPlan plan, string place, DiagnosticBag diagnostics)
    {
        foreach (ApicId id in plan.ToldCpus.Select(cpu => cpu.ApicId).Prepend(plan.PhantomApicId).Where(id => id.Value >= ApicIdLimit))
        {
            diagnostics.Error("ACPI007", place, $"APIC ID {id} is {ApicIdLimit} or more, and Linux takes no CPU with such an ID.", "Choose other CPUs.");
        }

        HashSet<ApicId> seen = [plan.PhantomApicId];
        foreach (PartitionCpu cpu in plan.ToldCpus.Where(cpu => !seen.Add(cpu.ApicId)))
        {
            string whose = cpu.ApicId == plan.PhantomApicId ? "the CPU that its MADT makes up" : "another of its CPUs";
            diagnostics.Error("ACPI003", place, $"CPU {cpu.Number} has APIC ID {cpu.ApicId}, and so has {whose}.", "Make the plan anew from this machine.");
        }
    }
}
