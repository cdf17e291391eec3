using Parker.Machine;
using Parker.Machine.Topology;

namespace Parker.Planning.Grants;

/// <summary>Which buses of a machine can be granted to a partition, and which IOMMU units can be owned by one.</summary>
public sealed class BusGrants
{
    private BusGrants(IReadOnlyList<BusCandidate> candidates, IReadOnlyList<UnitCandidate> units)
    {
        Candidates = candidates;
        Units = units;
    }

    /// <summary>Every bus of the machine, in the sets that can only be granted together, ascending.</summary>
    public IReadOnlyList<BusCandidate> Candidates { get; }

    /// <summary>Every IOMMU unit, in the order of the topology.</summary>
    public IReadOnlyList<UnitCandidate> Units { get; }

    /// <summary>Judges all buses and units of <paramref name="machine"/>.</summary>
    public static BusGrants Evaluate(MachineTopology machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        IReadOnlyList<BusCandidate> candidates = BusJudge.Judge(machine);
        return new BusGrants(candidates, [.. machine.Iommu.Units.Select(unit => UnitJudge.Judge(machine, unit, candidates))]);
    }

    /// <summary>The buses that <paramref name="function"/> lies on; null where the machine has no such function.</summary>
    public BusCandidate? Find(PciAddress function) => Candidates.FirstOrDefault(candidate => candidate.Functions.Contains(function));

    /// <summary>Whether the buses can be granted: as they are, or all that are behind one unit together with it.</summary>
    public bool CanGrant(BusCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return candidate.IsGrantable || Units.Any(unit => unit.CanBeOwned && unit.Buses.Any(bus => bus.Buses == candidate.Buses));
    }

    /// <summary>The unit that a partition with exactly these buses can own; null where there is none.</summary>
    public UnitCandidate? OwnableUnit(IReadOnlyCollection<BusCandidate> buses) =>
        buses.Count == 0 ? null : Units.FirstOrDefault(unit => unit.CanBeOwned && unit.CoversExactly(buses));

    /// <summary>Grants buses to one partition: with the unit above them where it can own it, else without.</summary>
    /// <param name="buses">Some of <see cref="Candidates"/>.</param>
    public BusGrant Grant(IReadOnlyCollection<BusCandidate> buses)
    {
        ArgumentNullException.ThrowIfNull(buses);
        BusCandidate[] wanted = [.. buses.DistinctBy(bus => bus.Buses).OrderBy(bus => bus.Buses.Segment).ThenBy(bus => bus.Buses.First)];
        UnitCandidate? unit = OwnableUnit(wanted);
        List<(string, GrantReason)> reasons =
        [
            .. wanted.SelectMany(bus => bus.Reasons.Where(reason => unit is null || !reason.OnlyWithoutUnit).Select(reason => (PlaceOf(bus), reason))),
        ];
        bool refused = reasons.Exists(reason => reason.Item2.Refuses);
        if (refused)
        {
            // The way through a unit is worth telling where only the lack of one stands in the way.
            foreach (UnitCandidate above in Units.Where(candidate => wanted.Any(bus => bus.IsGrantableWithUnit && !bus.IsGrantable && bus.Units.Contains(candidate.Unit))))
            {
                reasons.AddRange(above.Reasons.Select(reason => ($"IOMMU unit at {above.Unit.Registers}", reason)));
            }
        }

        return refused ? new BusGrant([], null, reasons) : new BusGrant([.. wanted.Select(bus => bus.ToPartitionBus())], unit?.ToPartitionIommu(), reasons);
    }

    /// <summary>How messages name the buses.</summary>
    public static string PlaceOf(BusCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return candidate.Port is PciAddress port ? $"PCI bus {candidate.Buses} behind {port}" : $"PCI bus {candidate.Buses}";
    }
}
