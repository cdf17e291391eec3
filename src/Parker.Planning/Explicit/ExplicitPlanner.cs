using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Grants;
using Parker.Planning.Validation;

namespace Parker.Planning.Explicit;

/// <summary>Makes a plan from a wish: the same wish on the same machine gives the same plan.</summary>
public sealed class ExplicitPlanner
{
    private const int OwnDistance = 10;
    private const int UnknownDistance = 20;

    private readonly MachineTopology _machine;
    private readonly IReadOnlyList<PartitionPlan> _taken;

    /// <summary>A planner for one machine.</summary>
    /// <param name="machine">The machine, with the partitions' CPUs offline or not.</param>
    /// <param name="taken">The plans of the partitions that are defined; nothing of theirs is given again.</param>
    public ExplicitPlanner(MachineTopology machine, IReadOnlyList<PartitionPlan> taken)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(taken);
        _machine = machine;
        _taken = taken;
    }

    /// <summary>Makes a plan.</summary>
    /// <param name="wish">What is wanted.</param>
    /// <param name="diagnostics">Takes what is short or not there: <c>FIT001</c> and up, the reasons why buses cannot be granted, and all that <see cref="PlanValidator"/> finds.</param>
    /// <returns>The plan; null where there was an error.</returns>
    public PartitionPlan? TryPlan(PartitionWish wish, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(diagnostics);
        int before = diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        string place = $"partition {wish.Name}";
        if (wish.Node is int node && !_machine.Nodes.Any(known => known.Number == node))
        {
            diagnostics.Error("FIT001", place, $"There is no NUMA node {node}.", $"Take one of {string.Join(", ", _machine.Nodes.Select(known => known.Number))}.");
            return null;
        }

        if (_taken.Any(plan => plan.Name == wish.Name))
        {
            diagnostics.Error("FIT006", place, "There is a partition of that name already.", "Take another name, or destroy that one.");
        }

        BusGrant buses = GrantBuses(wish, place, diagnostics);
        int? nearNode = wish.Node ?? buses.Buses.Select(bus => bus.Node).FirstOrDefault(busNode => busNode is not null);
        IReadOnlyList<PartitionCpu> cpus = new CpuChoice(_machine, _taken, ownsUnit: buses.Iommu is not null).Choose(wish, nearNode, place, diagnostics);
        IReadOnlyList<PartitionMemory> memory = new MemoryChoice(_machine, _taken).Choose(wish, cpus, nearNode, place, diagnostics);
        PhysicalAddress? slot = ChooseSlot(place, diagnostics);
        if (_machine.Tsc.Kilohertz is null)
        {
            diagnostics.Error("FIT002", place, $"The time stamp counter's frequency is not known ({_machine.Tsc.Evidence}), and an Application Kernel cannot measure it.", "Run as root, so that it can be read from perf_event or the kernel log.");
        }

        if (diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) > before)
        {
            return null;
        }

        PartitionPlan plan = new()
        {
            Name = wish.Name,
            Mode = StartMode.Bare,
            Cpus = cpus,
            Memory = memory,
            LowSlot = slot!.Value,
            Buses = buses.Buses,
            UartPort = wish.UartPort,
            Iommu = buses.Iommu,
            NodeDistances = Distances(),
            PhantomApicId = MachineApicIds.Phantom(_machine),
            TscKilohertz = _machine.Tsc.Kilohertz!.Value,
            Processor = new ProcessorTraits(_machine.Processor.Flags.Contains("pdpe1gb"), _machine.Processor.PhysicalAddressBits),
            KernelPath = wish.KernelPath,
            InitrdPaths = wish.InitrdPaths,
            CommandLine = wish.CommandLine,
        };
        Diagnostic[] findings = [.. PlanValidator.Validate(plan, _machine).Except(diagnostics)];
        diagnostics.AddRange(findings);
        return findings.Any(finding => finding.Severity == DiagnosticSeverity.Error) ? null : plan;
    }

    private BusGrant GrantBuses(PartitionWish wish, string place, DiagnosticBag diagnostics)
    {
        BusGrants grants = BusGrants.Evaluate(_machine);
        List<BusCandidate> wanted = [];
        foreach (PciAddress device in wish.Devices)
        {
            if (grants.Find(device) is not BusCandidate candidate)
            {
                diagnostics.Error("FIT003", place, $"There is no PCI function {device}.", "'parker topology' lists those that there are.");
            }
            else if (_taken.FirstOrDefault(plan => plan.Buses.Any(bus => bus.Buses.Overlaps(candidate.Buses))) is PartitionPlan owner)
            {
                diagnostics.Error("FIT005", place, $"{device} belongs to partition {owner.Name}, which has all devices on {candidate.Buses}.", "Take a device on another bus.");
            }
            else
            {
                wanted.Add(candidate);
            }
        }

        BusGrant grant = grants.Grant(wanted);
        foreach ((string bus, GrantReason reason) in grant.Reasons)
        {
            diagnostics.Add(reason.ToDiagnostic($"{place}: {bus}"));
        }

        return grant;
    }

    private PhysicalAddress? ChooseSlot(string place, DiagnosticBag diagnostics)
    {
        PhysicalAddress[] slots = [.. LowMemory.Slots(_machine.Memory)];
        foreach (PhysicalAddress slot in slots)
        {
            if (!_taken.Any(plan => new PhysicalRange(plan.LowSlot, LowSlotLayout.Size).Overlaps(new PhysicalRange(slot, LowSlotLayout.Size))))
            {
                return slot;
            }
        }

        diagnostics.Error(
            "FIT004",
            place,
            slots.Length == 0 ? "There is no low slot: the Boot Kernel keeps no memory below 640 KiB free." : $"All {slots.Length} low slots are taken.",
            "Boot with a larger region of 64 KiB a partition below 640 KiB: memmap=<n x 64K>$ADDRESS; 'parker check' proposes one.");
        return null;
    }

    /// <summary>Distances by node number: <c>[from][to]</c>; what the machine does not tell, or has no node for, is as far as the firmware's default.</summary>
    private int[][] Distances()
    {
        int count = _machine.Nodes.Max(node => node.Number) + 1;
        int[][] distances = [.. Enumerable.Range(0, count).Select(from => Enumerable.Range(0, count).Select(to => from == to ? OwnDistance : UnknownDistance).ToArray())];
        foreach (NumaNode from in _machine.Nodes)
        {
            for (int index = 0; index < from.Distances.Count && index < _machine.Nodes.Count; index++)
            {
                distances[from.Number][_machine.Nodes[index].Number] = from.Distances[index];
            }
        }

        return distances;
    }
}
