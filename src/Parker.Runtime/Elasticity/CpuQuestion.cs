using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Elasticity;

/// <summary>Which CPUs it has.</summary>
internal sealed class CpuQuestion : ElasticQuestion
{
    private readonly PartitionPlan _plan;

    /// <summary>A question.</summary>
    /// <param name="plan">The partition with what it has from now on.</param>
    /// <param name="about">The CPUs whose answer counts.</param>
    public CpuQuestion(PartitionPlan plan, IReadOnlyList<PartitionCpu> about)
    {
        _plan = plan;
        HashSet<PartitionCpu> asked = [.. about];
        HashSet<PartitionCpu> given = [.. plan.Cpus];
        IReadOnlyList<PartitionCpu> told = plan.ToldCpus;
        for (int place = 0; place < told.Count; place++)
        {
            if (asked.Contains(told[place]))
            {
                Add(place, given.Contains(told[place]));
            }
        }
    }

    protected override ElasticWords Words => ElasticWords.Cpus;

    public override uint Write(IMappedMemory memory, PhysicalAddress headerPage) => CpuWords.Grant(memory, headerPage, _plan);

    protected override string NameOf(IReadOnlyList<int> places)
    {
        IReadOnlyList<PartitionCpu> told = _plan.ToldCpus;
        return $"CPUs {CpuSet.Of(places.Select(place => told[place].Number))}";
    }
}
