using Parker.Machine;
using Parker.Machine.Topology;

namespace Parker.Planning.Grants;

/// <summary>Which buses of a machine can be granted to a partition, and which IOMMU units can be owned by one.</summary>
public sealed class BusGrants
{
    private readonly Dictionary<PciAddress, BusCandidate> _byFunction = [];
    private readonly Dictionary<PciAddress, BusCandidate> _byPort = [];
    private readonly Dictionary<IommuUnit, UnitCandidate> _byUnit = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PhysicalAddress, UnitCandidate> _byRegisters = [];

    private BusGrants(IReadOnlyList<BusCandidate> candidates, IReadOnlyList<UnitCandidate> units)
    {
        Candidates = candidates;
        Units = units;
        foreach (UnitCandidate unit in units)
        {
            _byUnit.TryAdd(unit.Unit, unit);
            _byRegisters.TryAdd(unit.Unit.Registers, unit);
        }

        foreach (BusCandidate candidate in candidates)
        {
            if (candidate.Port is PciAddress port)
            {
                _byPort.TryAdd(port, candidate);
            }

            foreach (PciAddress function in candidate.Functions)
            {
                _byFunction.TryAdd(function, candidate);
            }
        }
    }

    /// <summary>Every bus of the machine, in the sets that can only be granted together, ascending.</summary>
    public IReadOnlyList<BusCandidate> Candidates { get; }

    /// <summary>Every IOMMU unit, in the order of the topology.</summary>
    public IReadOnlyList<UnitCandidate> Units { get; }

    /// <summary>Judges all buses and units of <paramref name="machine"/>.</summary>
    public static BusGrants Evaluate(MachineTopology machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        UnitFinder units = new(machine.Iommu);
        IReadOnlyList<BusCandidate> candidates = BusJudge.Judge(machine, units);
        return new BusGrants(candidates, new UnitJudge(machine, units, candidates).JudgeAll());
    }

    /// <summary>The buses that <paramref name="function"/> lies on; null where the machine has no such function.</summary>
    public BusCandidate? Find(PciAddress function) => _byFunction.GetValueOrDefault(function);

    /// <summary>The buses behind a port; null where the machine has no such port, or it has other buses.</summary>
    public BusCandidate? FindBehind(PciAddress port, PciBusRange buses) =>
        _byPort.TryGetValue(port, out BusCandidate? candidate) && candidate.Buses == buses ? candidate : null;

    /// <summary>Whether the buses can be granted: as they are, or all that are behind one unit together with it.</summary>
    public bool CanGrant(BusCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return candidate.IsGrantable || Units.Any(unit => unit.CanBeOwned && unit.Buses.Any(bus => bus.Buses == candidate.Buses));
    }

    /// <summary>The unit that a partition with exactly these buses can own; null where there is none.</summary>
    public UnitCandidate? OwnableUnit(IReadOnlyCollection<BusCandidate> buses) =>
        buses.Count == 0 ? null : buses.First().Units.Select(unit => _byUnit.GetValueOrDefault(unit)).FirstOrDefault(unit => unit is { CanBeOwned: true } && unit.CoversExactly(buses));

    /// <summary>The unit with those registers; null where there is none.</summary>
    public UnitCandidate? FindUnit(PhysicalAddress registers) => _byRegisters.GetValueOrDefault(registers);

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
