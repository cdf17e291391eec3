using Parker.Partition;
using Parker.Runtime.Journal;

namespace Parker.Runtime;

/// <content>Interrupting kernels.</content>
public sealed partial class PartitionRuntime
{
    /// <summary>Sends an NMI to the first CPU of a partition: a kernel that hangs with interrupts off takes it too.</summary>
    /// <returns>The CPU.</returns>
    /// <exception cref="PartitionException">No kernel runs in it.</exception>
    /// <exception cref="MachineException">The CPU is no longer held, or the interrupt cannot be sent.</exception>
    public PartitionCpu SendNmi(PartitionName name)
    {
        lock (_sync)
        {
            PartitionRecord partition = Find(name);
            Observe(partition);
            if (!partition.MayRun || partition.State is PartitionState.Off or PartitionState.Rebooting || (partition.State == PartitionState.Panicked && Look(partition).ResetWord != 0))
            {
                throw Refused("RUN008", name, "No kernel runs in it that could take an NMI.", $"'parker status {name}' says how it ended.");
            }

            PartitionCpu first = partition.Plan.Cpus[0];
            CpuLease lease = _machine.FindLease(first.Number, first.ApicId)
                ?? throw new MachineException($"send an NMI to CPU {first.Number}", $"APIC ID {first.ApicId}", "it is no longer offline and held, so nothing is sent to it");
            Write(new NmiAskedFor(Now, Text(partition), first.Number));
            _machine.SendNmi(lease);
            return first;
        }
    }
}
