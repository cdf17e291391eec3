using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Steps;

/// <summary>Says which steps claim what a partition gets, and takes them.</summary>
internal sealed class StepTaker(IMachine machine)
{
    /// <summary>The steps in the order in which they are taken, each with how the machine is now: nothing is changed.</summary>
    /// <exception cref="MachineException">Something that the plan wants cannot be read.</exception>
    public IReadOnlyList<Step> ClaimOf(PartitionPlan plan) =>
    [
        new ReserveMemoryStep([.. PhysicalRangeSet.Of([.. plan.Memory.Select(memory => memory.Range), new PhysicalRange(plan.LowSlot, LowSlotLayout.Size)])]),
        .. ClaimOf(plan.AddedMemory),
        new MoveInterruptsStep(machine.ReadInterruptAffinity(CpuSet.Of(plan.Cpus.Select(cpu => cpu.Number)))),

        // Devices before CPUs: their undo binds drivers when all CPUs are online again, and a driver spreads its interrupts over those that it finds.
        .. plan.Buses.SelectMany(bus => bus.Functions.Select(function => (Step)new TakeFunctionStep(machine.ReadBinding(function)))
            .Prepend(new TakeRootPortStep(machine.ReadBinding(bus.RootPort)))),

        // After its devices: its undo comes before drivers are bound again, whose DMA it would still translate.
        .. plan.Iommu is PartitionIommu unit ? (Step[])[new TakeUnitStep(unit.Registers)] : [],
        .. plan.Cpus.Select(cpu => new TakeCpuStep(cpu.Number, cpu.ApicId)),
    ];

    /// <summary>The steps that claim CPUs for a partition that runs.</summary>
    /// <exception cref="MachineException">How the machine is now cannot be read.</exception>
    public IReadOnlyList<Step> ClaimOf(IReadOnlyList<PartitionCpu> cpus) =>
    [
        new MoveInterruptsStep(machine.ReadInterruptAffinity(CpuSet.Of(cpus.Select(cpu => cpu.Number)))),
        .. cpus.Select(cpu => new TakeCpuStep(cpu.Number, cpu.ApicId)),
    ];

    /// <summary>The steps that claim memory for a partition that runs: one for each piece, which may go again alone.</summary>
    public static IEnumerable<Step> ClaimOf(IReadOnlyList<AddedMemory> pieces) => pieces.Select(piece => new ReserveMemoryStep([piece.Range]));

    /// <summary>Takes a step of a claim; memory is reserved and interrupts are recorded by the journal alone.</summary>
    /// <exception cref="MachineException">It could not be taken, or only in part: its undo finds out.</exception>
    public void Take(Step step)
    {
        switch (step)
        {
            case TakeCpuStep cpu:
                machine.TakeCpu(cpu.Cpu, cpu.ApicId);
                break;
            case TakeRootPortStep rootPort:
                machine.TakeRootPort(rootPort.Before);
                break;
            case TakeFunctionStep function:
                machine.TakeFunction(function.Before);
                break;
            case TakeUnitStep unit:
                machine.TakeUnit(unit.Registers);
                break;
        }
    }
}
