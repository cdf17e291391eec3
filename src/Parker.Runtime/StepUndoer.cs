using Parker.Machine;
using Parker.Partition;
using Parker.Runtime.Steps;

namespace Parker.Runtime;

/// <summary>Undoes steps. Each undo may find its step taken, half taken, not taken, or undone already.</summary>
internal sealed class StepUndoer(IMachine machine, CpuParker parker)
{
    /// <summary>Undoes one step of <paramref name="partition"/>.</summary>
    /// <exception cref="MachineException">It could not be undone.</exception>
    public void Undo(Step step, PartitionRecord partition)
    {
        switch (step)
        {
            case RunStep run:
                Park(run, partition);
                break;
            case TakeFunctionStep function:
                machine.QuiesceFunction(function.Before.Address);
                machine.ReturnFunction(function.Before);
                break;
            case TakeUnitStep unit:
                machine.QuiesceUnit(unit.Registers);
                break;
            case TakeRootPortStep rootPort:
                machine.ReturnRootPort(rootPort.Before);
                break;
            case TakeCpuStep cpu:
                machine.ReturnCpu(cpu.Cpu);
                break;
            case MoveInterruptsStep interrupts:
                machine.RestoreInterruptAffinity(interrupts.Before, CpuSet.Of(partition.Plan.Cpus.Select(one => one.Number)));
                break;
            case ReserveMemoryStep memory:
                Zero(memory);
                break;
        }
    }

    private void Park(RunStep run, PartitionRecord partition)
    {
        using IMappedMemory memory = machine.Map(PhysicalRangeSet.Of(new PhysicalRange(run.LowSlot, LowSlotLayout.Size)));
        parker.Park(run.Cpus, run.LowSlot, memory);

        // The devices may still write to memory that the stopped kernel gave them.
        foreach (PciAddress function in partition.Plan.Buses.SelectMany(bus => bus.Functions))
        {
            machine.QuiesceFunction(function);
        }

        // Its tables lie in memory that the stopped kernel had, and it reads them as long as it is on.
        if (partition.Plan.Iommu is PartitionIommu unit)
        {
            machine.QuiesceUnit(unit.Registers);
        }
    }

    private void Zero(ReserveMemoryStep step)
    {
        using IMappedMemory memory = machine.Map(PhysicalRangeSet.Of(step.Ranges));
        foreach (PhysicalRange range in step.Ranges)
        {
            memory.Zero(range);
        }
    }
}
