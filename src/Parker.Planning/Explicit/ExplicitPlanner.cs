using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Configuration;
using Parker.Planning.Placement;
using Parker.Planning.Validation;

namespace Parker.Planning.Explicit;

/// <summary>Makes a plan from one wish: the same wish on the same machine gives the same plan.</summary>
public sealed class ExplicitPlanner
{
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
        return new Placer(new MachineIndex(_machine), _taken, [wish], CpuSet.Empty, BootKernelShare.Default).TryPlace(wish, diagnostics)?.Plan;
    }
}
