using System.Globalization;
using Parker.Api.Partitions;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Planning.Configuration;
using Parker.Planning.Explicit;
using Parker.Runtime;

namespace Parker.Daemon.Partitions;

/// <content>What partitions get while they run.</content>
public sealed partial class PartitionService
{
    /// <summary>Gives a partition other CPUs and other memory; its kernel runs on.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="request">What it shall have.</param>
    /// <param name="timeout">How long its kernel may take to answer, each time that it is asked.</param>
    /// <param name="notes">Takes a sentence for each warning.</param>
    public SetDocument Set(PartitionName name, SetRequest request, TimeSpan timeout, ICollection<string> notes)
    {
        SetDocument done = Operate(() =>
        {
            ResizeReport report = _runtime.Resize(PlanSet(name, request, notes), timeout);
            return new SetDocument(
                Document(name),
                CpuSet.Of(report.Left.Select(cpu => cpu.Number)).ToString(),
                CpuSet.Of(report.Came.Select(cpu => cpu.Number)).ToString(),
                report.Release.TotalMilliseconds,
                report.Arrival.TotalMilliseconds)
            {
                MemoryLeftBytes = Bytes(report.MemoryLeft),
                MemoryCameBytes = Bytes(report.MemoryCame),
                MemoryReleaseMs = report.MemoryRelease.TotalMilliseconds,
                MemoryArrivalMs = report.MemoryArrival.TotalMilliseconds,
            };
        });

        // Only what has come can be offline; a kernel is looked into for nothing else here.
        return done.MemoryCameBytes > 0 && _runtime.TryFind(name, out PartitionRecord? partition) ? done with { OfflineMemoryBytes = Inspection.Describe(partition)?.OfflineMemoryBytes } : done;
    }

    /// <summary>What <see cref="Set"/> would do.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="request">What it shall have.</param>
    /// <param name="timeout">How long its kernel may take to answer, each time that it is asked.</param>
    /// <param name="notes">Takes a sentence for each warning.</param>
    public PreviewDocument PreviewSet(PartitionName name, SetRequest request, TimeSpan timeout, ICollection<string> notes) =>
        Operate(() => PartitionMapper.ToDocument(name, "set", _runtime.PreviewResize(PlanSet(name, request, notes), timeout)));

    private PartitionPlan PlanSet(PartitionName name, SetRequest request, ICollection<string> notes)
    {
        PartitionPlan plan = _runtime.Find(name).Plan;
        DiagnosticBag diagnostics = [];
        CpuSet? named = null;
        int count = 0;
        ByteSize size = ByteSize.Zero;
        if (request is { Cpus: null, Memory: null })
        {
            diagnostics.Error("REQ011", $"partition {name}", "Neither CPUs nor memory is said.", "Say what it shall have: cpus, memory or both.");
        }

        if (request.Cpus is string cpus && !WishText.TryReadCpus(cpus, out named, out count))
        {
            diagnostics.Error("REQ002", "cpus", $"'{cpus}' is neither a number of CPUs nor a cpulist.", "Write 4 for any four, 8-11 or 8,10 for these, 8-8 for CPU 8 alone.");
        }

        if (request.Memory is string memory && !ByteSize.TryParse(memory, CultureInfo.InvariantCulture, out size))
        {
            diagnostics.Error("REQ003", "memory", $"'{memory}' is no size.", "Write how much it shall have in all, such as 4G; which memory comes is Parker's choice.");
        }

        if (diagnostics.HasErrors)
        {
            throw new RefusedException([.. diagnostics]);
        }

        PartitionPlan[] others = [.. _runtime.Partitions.Where(partition => partition.Name != name).Select(partition => partition.Plan)];
        string place = $"partition {name}";
        PartitionPlan? after = request.Cpus is null ? plan : new ElasticPlanner(_topology.Value, others, Held(_runtime), BootKernelShare.Default).TryPlan(plan, named, count, place, diagnostics);

        // What is wrong with either is told at once.
        PartitionPlan? grown = request.Memory is null ? after : new ElasticMemoryPlanner(_topology.Value, others).TryPlan(after ?? plan, size, place, diagnostics);
        if (after is null || grown is null)
        {
            throw new RefusedException([.. diagnostics]);
        }

        foreach (Diagnostic diagnostic in diagnostics)
        {
            notes.Add(diagnostic.ToString());
        }

        return grown;
    }

    private static ulong Bytes(IReadOnlyList<AddedMemory> pieces) => pieces.Aggregate(0UL, (sum, piece) => sum + piece.Range.Length.Bytes);
}
