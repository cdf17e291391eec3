using Parker.Partition;
using Parker.Runtime.Journal;
using Parker.Runtime.Steps;

namespace Parker.Runtime;

/// <content>Whether the machine is as it is held.</content>
public sealed partial class PartitionRuntime
{
    /// <summary>Looks whether what is held for partitions is still as it was taken: CPUs offline and held, devices without a driver of the Boot Kernel. What is not is in the evidence.</summary>
    /// <returns>A sentence for each partition for which that has changed.</returns>
    public IReadOnlyList<string> CheckMachine()
    {
        List<string> told = [];
        lock (_sync)
        {
            // Once for all partitions: with hundreds of CPUs held, each look at the mounts is long.
            Lazy<CpuHolds> cpus = new(_machine.ReadCpuHolds);
            foreach (PartitionRecord partition in _partitions.Partitions.Where(partition => partition.Unfinished is null).ToArray())
            {
                string difference = string.Join("; ", partition.Steps.Select(step => FindDifference(step, cpus)).OfType<string>());
                if (difference != partition.MachineDifference)
                {
                    Write(new MachineDiffers(Now, Text(partition), difference));
                    told.Add($"{partition.Name}: {(difference.Length == 0 ? "what is held of the machine is as it was taken again" : difference)}");
                }
            }
        }

        return told;
    }

    private string? FindDifference(Step step, Lazy<CpuHolds> cpus)
    {
        try
        {
            return step switch
            {
                TakeCpuStep cpu when cpus.Value.Online.Contains(cpu.Cpu) => $"CPU {cpu.Cpu} was brought online in the Boot Kernel by somebody else",
                TakeCpuStep cpu when !cpus.Value.Held.Contains(cpu.Cpu) => $"CPU {cpu.Cpu} is no longer held: anybody can bring it online",
                TakeFunctionStep function when _machine.ReadBinding(function.Before.Address).Driver is { Length: > 0 } driver => $"{function.Before.Address} was bound to {driver} by somebody else",
                _ => null,
            };
        }
        catch (MachineException failure)
        {
            return failure.Message.TrimEnd('.');
        }
    }
}
