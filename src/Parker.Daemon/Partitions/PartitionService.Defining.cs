using System.Diagnostics.CodeAnalysis;
using Parker.Api.Partitions;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Planning.Explicit;
using Parker.Runtime;

namespace Parker.Daemon.Partitions;

/// <content>Defining bit by bit.</content>
public sealed partial class PartitionService
{
    /// <summary>Defines a partition, or one that holds nothing of the machine anew: then the old definition stays where the new one is refused.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="notes">Takes a sentence for each warning.</param>
    public void Define(PartitionRequest request, ICollection<string> notes)
    {
        DiagnosticBag diagnostics = [];
        (PartitionWish wish, PartitionPolicy policy) = ReadRequest(request, diagnostics);
        Operate(() =>
        {
            if (!_runtime.TryFind(wish.Name, out _))
            {
                return _runtime.Define(PlanFor(wish, Plans(), diagnostics, notes), policy);
            }

            _runtime.CheckHoldsNothing(wish.Name);
            return _runtime.Redefine(PlanFor(wish, OtherPlans(wish.Name), diagnostics, notes), policy);
        });
    }

    /// <summary>Refuses what can already be said to be wrong with a request in which CPUs, memory or kernel are still empty. Changes nothing.</summary>
    public void CheckUnfinished(PartitionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        (bool hasCpus, bool hasMemory, bool hasKernel) = (request.Cpus.Length > 0, request.Memory.Length > 0, request.Kernel.Length > 0);
        DiagnosticBag diagnostics = [];
        (PartitionWish wish, _) = ReadRequest(
            request with { Cpus = hasCpus ? request.Cpus : "0", Memory = hasMemory ? request.Memory : "0", Kernel = hasKernel ? request.Kernel : "/" },
            diagnostics);
        Operate(() =>
        {
            _ = new ExplicitPlanner(_topology.Value, OtherPlans(wish.Name)).TryPlan(wish, diagnostics);
            if (hasKernel)
            {
                _images.CheckKernel(wish.KernelPath, diagnostics);
            }

            Diagnostic[] wrong = [.. diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error && (hasCpus || one.Id != "FIT010") && (hasMemory || one.Id != "FIT020"))];
            return wrong.Length == 0 ? true : throw new RefusedException(wrong);
        });
    }

    /// <summary>Says when a partition is started again without anybody asking. It may run.</summary>
    public void SetRestart(PartitionName name, RestartPolicy restart) => Operate(() =>
    {
        _runtime.SetPolicy(name, _runtime.Find(name).Policy with { Restart = restart });
        return true;
    });

    /// <summary>A partition as the daemon saw it last, without allocating; to be read within <see cref="Read"/> where more than one thing of it counts.</summary>
    internal bool TryFind(PartitionName name, [NotNullWhen(true)] out PartitionRecord? partition) => _runtime.TryFind(name, out partition);

    /// <summary>Reads partitions while nothing about them changes.</summary>
    internal T Read<T>(Func<IReadOnlyCollection<PartitionRecord>, T> read) => _runtime.Read(read);

    private PartitionPlan[] OtherPlans(PartitionName name) => [.. Plans().Where(plan => plan.Name != name)];
}
