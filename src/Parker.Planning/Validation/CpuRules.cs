using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Validation;

/// <summary>The CPUs of a plan.</summary>
internal static class CpuRules
{
    public static void Check(PartitionPlan plan, MachineIndex index, CpuSet held, string place, DiagnosticBag diagnostics)
    {
        CpuSet numbers = CpuSet.Of(plan.Cpus.Select(cpu => cpu.Number));
        if (plan.Cpus.Count == 0)
        {
            diagnostics.Error(PlanDiagnosticId.CpuCount, place, "It has no CPU.", "Give it at least one.");
        }
        else if (numbers.Count != plan.Cpus.Count)
        {
            diagnostics.Error(PlanDiagnosticId.CpuCount, place, $"One of its CPUs {string.Join(',', plan.Cpus.Select(cpu => cpu.Number))} stands there twice.", "Name each CPU once.");
        }

        Dictionary<int, LogicalCpu> known = index.Cpus;
        foreach (PartitionCpu cpu in plan.Cpus.DistinctBy(cpu => cpu.Number))
        {
            if (!known.TryGetValue(cpu.Number, out LogicalCpu? logical))
            {
                diagnostics.Error(PlanDiagnosticId.CpuAbsent, place, $"The machine has no CPU {cpu.Number}.", $"Take one of {CpuSet.Of(known.Keys)}.");
                continue;
            }

            CheckTaking(logical, held, place, diagnostics);
            CheckIdentity(cpu, logical, place, diagnostics);
            if (plan.Iommu is null && !cpu.ApicId.FitsXapic)
            {
                diagnostics.Error(
                    PlanDiagnosticId.ApicIdTooHigh,
                    place,
                    $"CPU {cpu.Number} has APIC ID {cpu.ApicId}, which no interrupt reaches without an IOMMU unit: its kernel would panic.",
                    $"Take CPUs with APIC IDs up to {ApicId.MaxXapic}, or grant all buses behind an IOMMU unit, so that the partition owns it.");
            }
        }

        foreach (PartitionCpu spare in plan.SpareCpus)
        {
            if (!known.TryGetValue(spare.Number, out LogicalCpu? logical))
            {
                diagnostics.Error(PlanDiagnosticId.CpuAbsent, place, $"The machine has no CPU {spare.Number}, which its kernel would be told may come.", "Plan it anew.");
                continue;
            }

            CheckIdentity(spare, logical, place, diagnostics);
        }

        CheckLock(plan, index.Machine.Interrupts, place, diagnostics);
        CheckCores(plan, known, numbers, place, diagnostics);
    }

    private static void CheckTaking(LogicalCpu cpu, CpuSet held, string place, DiagnosticBag diagnostics)
    {
        if (cpu.IsBootstrapProcessor || cpu.Number == 0)
        {
            diagnostics.Error(PlanDiagnosticId.CpuIsBootProcessor, place, $"CPU {cpu.Number} is the one that the machine started on; an INIT would restart the firmware.", "Take another CPU.");
        }
        else if (cpu.CanGoOffline.Value != true)
        {
            diagnostics.Error(PlanDiagnosticId.CpuStaysOnline, place, $"CPU {cpu.Number} cannot go offline ({cpu.CanGoOffline.Evidence}).", "Take another CPU.");
        }
        else if (!cpu.Online && !held.Contains(cpu.Number))
        {
            diagnostics.Error(
                PlanDiagnosticId.CpuOffline,
                place,
                $"CPU {cpu.Number} is offline already, and not because of Parker: nobody says that it stays so, and its APIC ID cannot be read from it.",
                $"Bring it online first (echo 1 > /sys/devices/system/cpu/cpu{cpu.Number}/online), or take another CPU.");
        }
    }

    private static void CheckIdentity(PartitionCpu cpu, LogicalCpu logical, string place, DiagnosticBag diagnostics)
    {
        if (logical.ApicId.Value is not ApicId id)
        {
            diagnostics.Error(PlanDiagnosticId.CpuDiffers, place, $"The APIC ID of CPU {cpu.Number} is not known ({logical.ApicId.Evidence}).", "Bring the CPU online once, or run as root.");
        }
        else if (id != cpu.ApicId)
        {
            diagnostics.Error(PlanDiagnosticId.CpuDiffers, place, $"CPU {cpu.Number} has APIC ID {id} on this machine, not {cpu.ApicId}.", "Plan it anew.");
        }

        if (logical.Node != cpu.Node)
        {
            diagnostics.Error(PlanDiagnosticId.CpuDiffers, place, $"CPU {cpu.Number} is on node {logical.Node} of this machine, not on {cpu.Node}.", "Plan it anew.");
        }
    }

    private static void CheckLock(PartitionPlan plan, InterruptFacts interrupts, string place, DiagnosticBag diagnostics)
    {
        if (plan.Iommu is null && interrupts.X2apicLocked.Value != false)
        {
            diagnostics.Error(
                PlanDiagnosticId.X2apicLocked,
                place,
                $"{(interrupts.X2apicLocked.IsKnown ? "The machine's x2APIC mode is locked" : "Whether the machine's x2APIC mode is locked is not known")} ({interrupts.X2apicLocked.Evidence}); a kernel without an IOMMU unit would lose its local APIC.",
                interrupts.X2apicLocked.IsKnown
                    ? "Switch the lock off in the firmware's setup, or grant all buses behind an IOMMU unit, so that the partition owns it."
                    : "Run as root, with the msr module loaded (modprobe msr).");
        }
    }

    // Threads of one core can watch each other through its caches, and slow each other down.
    private static void CheckCores(PartitionPlan plan, Dictionary<int, LogicalCpu> known, CpuSet numbers, string place, DiagnosticBag diagnostics)
    {
        CpuSet left = CpuSet.Empty;
        foreach (PartitionCpu cpu in plan.Cpus)
        {
            left = known.TryGetValue(cpu.Number, out LogicalCpu? logical) ? left.Union(logical.Siblings.Except(numbers)) : left;
        }

        if (!left.IsEmpty)
        {
            diagnostics.Warning(PlanDiagnosticId.CoreSplit, place, $"Of its cores, CPUs {left} stay outside; threads of one core share its caches and slow each other down.", $"Give it {left} too.");
        }
    }
}
