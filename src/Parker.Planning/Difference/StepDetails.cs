using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Difference;

/// <summary>Says what a step does to the machine.</summary>
internal static class StepDetails
{
    /// <summary>What is done to the machine where CPUs and memory leave a kernel that runs.</summary>
    /// <param name="cpus">The CPUs; empty for none.</param>
    /// <param name="memory">The memory; empty for none.</param>
    public static IReadOnlyList<string> OfLeaving(CpuSet cpus, PhysicalRangeSet memory) =>
    [
        .. memory.IsEmpty ? (string[])[] : [$"ask its kernel to let go of memory {memory}, zero it, and give it back to the pool"],
        .. cpus.IsEmpty ? (string[])[] : [$"ask its kernel to let go of CPUs {cpus}, prove them parked, and bring them online"],
    ];

    /// <summary>What is done to the machine where CPUs and memory come to a kernel that runs.</summary>
    /// <param name="cpus">The CPUs; empty for none.</param>
    /// <param name="memory">The memory; empty for none.</param>
    public static IReadOnlyList<string> OfComing(CpuSet cpus, PhysicalRangeSet memory) =>
    [
        .. memory.IsEmpty ? (string[])[] : [$"reserve and zero memory {memory}, and tell its kernel that it is there"],
        .. cpus.IsEmpty ? (string[])[] : [$"take CPUs {cpus} offline, hold them, and tell its kernel that they are there"],
    ];

    public static IReadOnlyList<string> Of(PlannedStepKind kind, PartitionPlan plan, PartitionPolicy policy, CurrentPartition? current, Dictionary<PciAddress, PciFunction> functions) => kind switch
    {
        PlannedStepKind.Stop => ["ask its kernel to shut down, and wait for it", $"stop CPUs {PlanDifferences.Cpus(plan)}, prove them parked, and quiesce the devices"],
        PlannedStepKind.Destroy => current is { HoldsMachine: true } ? GiveBack(plan) : ["forget it: it holds nothing"],
        PlannedStepKind.Define =>
        [
            $"CPUs {PlanDifferences.Cpus(plan)}",
            $"memory {PlanDifferences.Memory(plan)}; low slot at {plan.LowSlot}",
            .. plan.Buses.Count == 0 ? (string[])[] : [$"devices {PlanDifferences.Devices(plan)}{(plan.Iommu is PartitionIommu unit ? $" with the IOMMU unit at {unit.Registers}" : "")}"],
            .. plan.UartPort is null ? (string[])[] : [$"UART {PlanDifferences.Uart(plan)}"],
            $"kernel {plan.KernelPath}{string.Concat(plan.InitrdPaths.Select(path => $", initrd {path}"))}",
            $"restart {RestartPolicyText.Of(policy.Restart)}; autostart {PlanDifferences.YesNo(policy.Autostart)}; dump {PlanDifferences.YesNo(policy.Dump)}",
        ],
        PlannedStepKind.SetPolicy => ["note it down; its kernel is left alone"],
        _ => [.. current is { HoldsMachine: true } ? [] : Claim(plan, functions), $"load {plan.KernelPath}, and start CPU {plan.Cpus[0].Number}"],
    };

    private static IReadOnlyList<string> GiveBack(PartitionPlan plan) =>
    [
        $"bring CPUs {PlanDifferences.Cpus(plan)} online",
        .. plan.Buses.Count == 0 ? (string[])[] : [$"reset {PlanDifferences.Devices(plan)}, and bind the drivers of before"],
        "zero its memory, and give it back to the pool",
    ];

    private static IEnumerable<string> Claim(PartitionPlan plan, Dictionary<PciAddress, PciFunction> functions)
    {
        foreach (PartitionBus bus in plan.Buses)
        {
            yield return $"unbind the port services of {bus.RootPort}";
            foreach (PciAddress function in bus.Functions)
            {
                string driver = functions.TryGetValue(function, out PciFunction? known) ? known.Driver : "";
                yield return driver.Length == 0 ? $"detach {function}" : $"detach {function} from {driver}";
            }
        }

        yield return $"take CPUs {PlanDifferences.Cpus(plan)} offline, and hold them";
    }
}
