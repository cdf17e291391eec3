using Parker.Machine.Topology;

namespace Parker.Cli.Topologies;

/// <summary>A core with its threads.</summary>
/// <param name="Package">The package; -1 where no thread's is known.</param>
/// <param name="Die">The die within the package.</param>
/// <param name="Number">The kernel's number of the core; -1 where unknown.</param>
/// <param name="Node">The NUMA node.</param>
/// <param name="Cpus">Its threads, by number.</param>
internal sealed record CoreOfThreads(int Package, int Die, int Number, int Node, IReadOnlyList<LogicalCpu> Cpus)
{
    /// <summary>Every core, by package, die and first CPU; those of which nothing is known last.</summary>
    public static IReadOnlyList<CoreOfThreads> AllOf(MachineTopology topology)
    {
        // A core is named by its first thread: the kernel's core numbers need not be unique within a package.
        return
        [
            .. topology.Cpus
                .GroupBy(cpu => cpu.Siblings.IsEmpty ? cpu.Number : cpu.Siblings.First())
                .Select(threads => Of([.. threads]))
                .OrderBy(core => core.Package < 0)
                .ThenBy(core => core.Package)
                .ThenBy(core => core.Die)
                .ThenBy(core => core.Cpus[0].Number),
        ];
    }

    private static CoreOfThreads Of(LogicalCpu[] threads)
    {
        // The kernel tells the place of online threads only.
        LogicalCpu known = threads.FirstOrDefault(cpu => cpu.Package >= 0) ?? threads[0];
        return new CoreOfThreads(known.Package, known.Die, known.Core, known.Node, threads);
    }
}
