using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Planning.Grants;

namespace Parker.Planning.Validation;

/// <summary>The buses and the IOMMU unit of a plan.</summary>
internal static class BusRules
{
    private static readonly IComparer<PciWindow> WindowOrder = Comparer<PciWindow>.Create((left, right) => left.Range.CompareTo(right.Range));

    public static void Check(PartitionPlan plan, MachineIndex index, string place, DiagnosticBag diagnostics)
    {
        if (plan.Buses.Count == 0 && plan.Iommu is null)
        {
            return;
        }

        BusGrants grants = index.Grants;
        List<BusCandidate> candidates = [];
        foreach (PartitionBus bus in plan.Buses)
        {
            BusCandidate? candidate = grants.FindBehind(bus.RootPort, bus.Buses);
            if (candidate is null)
            {
                diagnostics.Error(PlanDiagnosticId.BusDiffers, place, $"The machine has no buses {bus.Buses} behind {bus.RootPort}.", "Plan it anew; devices may have been moved.");
            }
            else if (candidates.Contains(candidate))
            {
                diagnostics.Error(PlanDiagnosticId.BusTwice, place, $"Buses {bus.Buses} are granted twice.", "Name one device of them.");
            }
            else
            {
                candidates.Add(candidate);
                CheckReasons(plan, candidate, place, diagnostics);
                CheckFacts(bus, candidate, place, diagnostics);
            }
        }

        if (plan.Iommu is PartitionIommu iommu)
        {
            CheckUnit(iommu, grants, candidates, place, diagnostics);
        }
    }

    private static void CheckReasons(PartitionPlan plan, BusCandidate candidate, string place, DiagnosticBag diagnostics)
    {
        foreach (GrantReason reason in candidate.Reasons.Where(reason => plan.Iommu is null || !reason.OnlyWithoutUnit))
        {
            diagnostics.Add(reason.ToDiagnostic($"{place}: {BusGrants.PlaceOf(candidate)}"));
        }
    }

    private static void CheckFacts(PartitionBus bus, BusCandidate candidate, string place, DiagnosticBag diagnostics)
    {
        string[] different =
        [
            .. candidate.EcamBase == bus.EcamBase ? (string[])[] : [$"configuration space at {bus.EcamBase}"],
            .. candidate.Windows.Order(WindowOrder).SequenceEqual(bus.Windows.Order(WindowOrder)) ? (string[])[] : [$"windows {string.Join(", ", bus.Windows.Select(window => window.Range))}"],
            .. candidate.Functions.SequenceEqual(bus.Functions.Order()) ? (string[])[] : [$"functions {string.Join(", ", bus.Functions)}"],
            .. candidate.Node == bus.Node ? (string[])[] : ["its node"],
        ];
        if (different.Length > 0)
        {
            diagnostics.Error(PlanDiagnosticId.BusDiffers, place, $"Buses {bus.Buses} are not as planned on this machine: {string.Join("; ", different)}.", "Plan it anew; devices or their addresses may have changed.");
        }
    }

    private static void CheckUnit(PartitionIommu iommu, BusGrants grants, List<BusCandidate> candidates, string place, DiagnosticBag diagnostics)
    {
        UnitCandidate? unit = grants.FindUnit(iommu.Registers);
        if (unit is null || unit.Unit.Segment != iommu.Segment || unit.HostAddressWidth != iommu.HostAddressWidth)
        {
            diagnostics.Error(PlanDiagnosticId.UnitDiffers, place, $"The machine has no IOMMU unit at {iommu.Registers} as planned.", "Plan it anew.");
            return;
        }

        foreach (GrantReason reason in unit.Reasons)
        {
            diagnostics.Add(reason.ToDiagnostic($"{place}: IOMMU unit at {iommu.Registers}"));
        }

        if (!unit.CoversExactly(candidates))
        {
            diagnostics.Error(
                PlanDiagnosticId.UnitDiffers,
                place,
                $"The IOMMU unit at {iommu.Registers} is above buses {string.Join(", ", unit.Buses.Select(bus => bus.Buses))}, and a partition that owns it must hold these and no others.",
                "Grant exactly these buses, or plan it without the unit.");
        }
    }
}
