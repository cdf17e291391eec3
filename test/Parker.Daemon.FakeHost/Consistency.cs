using Parker.Daemon.Partitions;
using Parker.Daemon.State;
using Parker.Machine;
using Parker.Partition;
using Parker.Runtime;
using Parker.Runtime.Journal;
using Parker.Runtime.Tests;

namespace Parker.Daemon.FakeHost;

/// <summary>Whether the daemon, its journal and the machine say the same. To be asked while nothing goes on.</summary>
internal static class Consistency
{
    /// <summary>What contradicts what, in a sentence each.</summary>
    public static IReadOnlyList<string> Problems(PartitionService service, StateFolder state, FakeMachine machine)
    {
        using FileJournal journal = FileJournal.OpenToRead(state.Journal)!;
        IReadOnlyList<PartitionRecord> journaled = JournaledPartitions.Read(journal);
        IReadOnlyList<string> listed = [.. service.List().Partitions.Select(partition => $"{partition.Name} {partition.State} {partition.Cpus} {partition.HoldsMachine}")];
        List<string> problems = [.. service.Maintain()];
        string[] written = [.. journaled.Select(partition => $"{partition.Name} {partition.State.ToString().ToLowerInvariant()} {CpusOf(partition)} {partition.HoldsMachine}")];
        if (!written.SequenceEqual(listed))
        {
            problems.Add($"the journal has [{string.Join(", ", written)}], and the daemon [{string.Join(", ", listed)}]");
        }

        problems.AddRange(journaled.Where(partition => partition.Unfinished is not null).Select(partition => $"{partition.Name}: {partition.Unfinished} has no end"));
        foreach (PartitionRecord one in journaled)
        {
            problems.AddRange(journaled.Where(other => other.Name < one.Name && Shares(one, other)).Select(other => $"{one.Name} and {other.Name} have the same CPU, memory or device"));
        }

        CpuSet held = CpuSet.Of(journaled.Where(partition => partition.HoldsMachine).SelectMany(partition => partition.Plan.Cpus).Select(cpu => cpu.Number));
        CpuHolds holds = machine.ReadCpuHolds();
        if (holds.Held.ToString() != held.ToString() || !holds.Online.Intersect(held).IsEmpty)
        {
            problems.Add($"the machine holds CPUs {holds.Held}, and the partitions {held}");
        }

        return problems;
    }

    private static CpuSet CpusOf(PartitionRecord partition) => CpuSet.Of(partition.Plan.Cpus.Select(cpu => cpu.Number));

    private static bool Shares(PartitionRecord one, PartitionRecord other) =>
        !CpusOf(one).Intersect(CpusOf(other)).IsEmpty
        || !one.Memory.Intersect(other.Memory).IsEmpty
        || one.Plan.Buses.SelectMany(bus => bus.Functions).Intersect(other.Plan.Buses.SelectMany(bus => bus.Functions)).Any();
}
