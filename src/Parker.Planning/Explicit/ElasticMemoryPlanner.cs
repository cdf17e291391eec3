using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Validation;

namespace Parker.Planning.Explicit;

/// <summary>Plans which memory comes to a partition, and which leaves it, while it runs. The same wish on the same machine gives the same plan.</summary>
/// <remarks>
/// Memory comes in steps of <see cref="ElasticMemory.Step"/>, from the nodes of the partition's CPUs first, then from the nearest others; on a node from the smallest free range that holds it all.
/// What came last leaves first; what the kernel started with stays.
/// </remarks>
public sealed class ElasticMemoryPlanner
{
    private readonly MachineIndex _index;
    private readonly PhysicalRangeSet _taken;

    /// <summary>A planner for one machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="others">The plans of the other partitions; nothing of theirs is given.</param>
    public ElasticMemoryPlanner(MachineTopology machine, IReadOnlyList<PartitionPlan> others)
        : this(new MachineIndex(machine), TakenBy(others))
    {
    }

    internal ElasticMemoryPlanner(MachineIndex index, PhysicalRangeSet taken)
    {
        _index = index;
        _taken = taken;
    }

    /// <summary>The memory of partitions.</summary>
    internal static PhysicalRangeSet TakenBy(IEnumerable<PartitionPlan> plans) => PhysicalRangeSet.Of(plans.SelectMany(plan => plan.AllMemory.Select(memory => memory.Range)));

    /// <summary>The steps that a size needs beyond what a partition starts with; below 0 where it starts with more, and more than there are places where it may not have so much.</summary>
    internal static int StepsFor(PartitionPlan plan, ElasticMemory elastic, ByteSize size) =>
        size < plan.BaseMemorySize ? -1 : size > elastic.Max ? int.MaxValue : (int)((size - plan.BaseMemorySize).AlignUp(elastic.Step) / elastic.Step);

    /// <summary>Plans.</summary>
    /// <param name="plan">What the partition has.</param>
    /// <param name="size">How much memory it shall have; it gets whole steps.</param>
    /// <param name="place">For messages.</param>
    /// <param name="diagnostics">Takes <c>FIT024</c> and up, and what <see cref="PlanValidator"/> finds.</param>
    /// <returns>What it has then; null where there was an error.</returns>
    public PartitionPlan? TryPlan(PartitionPlan plan, ByteSize size, string place, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (plan.ElasticMemory is not { } elastic)
        {
            diagnostics.Error("FIT024", place, "Its memory stays what it is: its kernel was not told that memory may come or go.", "Create it with --memory-max (memory-max in the configuration file).");
            return null;
        }

        int steps = StepsFor(plan, elastic, size);
        if (steps < 0)
        {
            diagnostics.Error("FIT025", place, $"It would have {size} of memory, and its kernel started with {plan.BaseMemorySize}, which stay.", $"Ask for {plan.BaseMemorySize} or more, or destroy it and create it anew.");
            return null;
        }

        if (steps > plan.MemoryPlaces)
        {
            ByteSize most = plan.BaseMemorySize + (elastic.Step * (ulong)plan.MemoryPlaces);
            diagnostics.Error(
                "FIT026",
                place,
                $"It would have {size} of memory, and may have {elastic.Max}: that is {most} in steps of {elastic.Step}.",
                $"Ask for {most} or less, or create it with a larger --memory-max.");
            return null;
        }

        if (Choose(plan, elastic, steps, place, diagnostics) is not List<AddedMemory> pieces)
        {
            return null;
        }

        PartitionPlan after = plan with { AddedMemory = pieces };
        DiagnosticBag problems = [];
        MemoryRules.Check(after, _index, place, problems);
        diagnostics.AddRange(problems);
        return problems.HasErrors ? null : after;
    }

    private List<AddedMemory>? Choose(PartitionPlan plan, ElasticMemory elastic, int steps, string place, DiagnosticBag diagnostics)
    {
        if (steps <= plan.AddedMemory.Count)
        {
            return [.. plan.AddedMemory.Take(steps)];
        }

        int missing = steps - plan.AddedMemory.Count;
        List<PartitionMemory> found = Find(plan, elastic, missing, out int free);
        if (found.Count < missing)
        {
            diagnostics.Error(
                "FIT027",
                place,
                $"It wants {elastic.Step * (ulong)missing} more of memory, and {elastic.Step * (ulong)free} of what its kernel can add are free, in whole pieces of {elastic.Step}.",
                "Ask for less, or take some from another partition.");
            return null;
        }

        List<AddedMemory> pieces = [.. plan.AddedMemory];
        HashSet<int> places = [.. pieces.Select(piece => piece.Place)];
        int next = 0;
        foreach (PartitionMemory memory in found)
        {
            while (!places.Add(next))
            {
                next++;
            }

            pieces.Add(new AddedMemory(next, memory.Range, memory.Node));
        }

        return pieces;
    }

    /// <summary>Free pieces, at most as many as are missing.</summary>
    private List<PartitionMemory> Find(PartitionPlan plan, ElasticMemory elastic, int missing, out int free)
    {
        ByteSize block = ElasticMemory.BlockOf(plan.Memory);
        PhysicalRangeSet taken = _taken.Union(TakenBy([plan]));
        List<PartitionMemory> found = [];
        foreach (int node in NodeOrder(plan))
        {
            PhysicalRangeSet ranges = PhysicalRangeSet.Of(elastic.Windows.Where(window => window.Node == node).Select(window => window.Range)).Intersect(_index.Machine.Memory.Pool).Subtract(taken).Align(block);
            while (found.Count < missing && Largest(ranges, elastic.Step, missing - found.Count, block) is PhysicalRange range)
            {
                for (PhysicalAddress start = range.Start; start < range.End; start += elastic.Step)
                {
                    found.Add(new PartitionMemory(new PhysicalRange(start, elastic.Step), node));
                }

                ranges = ranges.Subtract(range);
            }
        }

        free = found.Count;
        return found;
    }

    /// <summary>The smallest range that holds all pieces, or else the start of the largest one that holds any.</summary>
    private static PhysicalRange? Largest(PhysicalRangeSet ranges, ByteSize step, int count, ByteSize block)
    {
        if (ranges.BestFit(step * (ulong)count, block) is PhysicalRange whole)
        {
            return whole;
        }

        ulong most = 0;
        foreach (PhysicalRange range in ranges)
        {
            most = Math.Max(most, range.Length / step);
        }

        return most == 0 ? null : ranges.BestFit(step * most, block);
    }

    /// <summary>The nodes of its CPUs, those with the most first, then the others, the nearest first.</summary>
    private int[] NodeOrder(PartitionPlan plan)
    {
        int[] own = [.. plan.Cpus.GroupBy(cpu => cpu.Node).OrderByDescending(node => node.Count()).ThenBy(node => node.Key).Select(node => node.Key)];
        return _index.NodesFrom(own, own[0]);
    }
}
