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
    /// <summary>Gives a partition other CPUs; its kernel runs on.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="request">What it shall have.</param>
    /// <param name="timeout">How long its kernel may take to answer, each time that it is asked.</param>
    /// <param name="notes">Takes a sentence for each warning.</param>
    public SetDocument Set(PartitionName name, SetRequest request, TimeSpan timeout, ICollection<string> notes) => Operate(() =>
    {
        ResizeReport report = _runtime.Resize(PlanSet(name, request, notes), timeout);
        return new SetDocument(
            Document(name),
            CpuSet.Of(report.Left.Select(cpu => cpu.Number)).ToString(),
            CpuSet.Of(report.Came.Select(cpu => cpu.Number)).ToString(),
            report.Release.TotalMilliseconds,
            report.Arrival.TotalMilliseconds);
    });

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
        if (!WishText.TryReadCpus(request.Cpus, out CpuSet? named, out int count))
        {
            diagnostics.Error("REQ002", "cpus", $"'{request.Cpus}' is neither a number of CPUs nor a cpulist.", "Write 4 for any four, 8-11 or 8,10 for these, 8-8 for CPU 8 alone.");
            throw new RefusedException([.. diagnostics]);
        }

        ElasticPlanner planner = new(
            _topology.Value,
            [.. _runtime.Partitions.Where(partition => partition.Name != name).Select(partition => partition.Plan)],
            Held(_runtime),
            BootKernelShare.Default);
        PartitionPlan after = planner.TryPlan(plan, named, count, $"partition {name}", diagnostics) ?? throw new RefusedException([.. diagnostics]);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            notes.Add(diagnostic.ToString());
        }

        return after;
    }
}
