using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Elasticity;

/// <summary>Which memory it has beyond what it started with.</summary>
internal sealed class MemoryQuestion : ElasticQuestion
{
    private readonly PartitionPlan _plan;
    private readonly IReadOnlyList<AddedMemory> _about;

    /// <summary>A question.</summary>
    /// <param name="plan">The partition with what it has from now on.</param>
    /// <param name="about">The memory whose answer counts.</param>
    public MemoryQuestion(PartitionPlan plan, IReadOnlyList<AddedMemory> about)
    {
        _plan = plan;
        _about = about;
        foreach (AddedMemory piece in about)
        {
            Add(piece.Place, plan.AddedMemory.Contains(piece));
        }
    }

    protected override ElasticWords Words => ElasticWords.Memory;

    public override uint Write(IMappedMemory memory, PhysicalAddress headerPage) => MemoryWords.Grant(memory, headerPage, _plan);

    protected override string NameOf(IReadOnlyList<int> places) => $"memory {PhysicalRangeSet.Of(_about.Where(piece => places.Contains(piece.Place)).Select(piece => piece.Range))}";
}
