using Parker.Machine;

namespace Parker.Partition.Tests;

public sealed class InterruptAffinityTests
{
    private static readonly CpuSet Node = CpuSet.Range(0, 3);

    [Theory]
    [InlineData("0-7", "0-7", "0-3", true, false)]
    [InlineData("0-3", "0-7", "0-3", false, true)]
    [InlineData("0,2-3", "0,2-7", "0,2-3", false, true)]
    [InlineData("0-3", "0-3", "0-3", true, true)]
    [InlineData("0-2", "0-7", "0-3", false, false)]
    [InlineData("0-4", "0-7", "0-3", false, false)]
    [InlineData("2", "0-7", "", false, false)]
    public void Whole_machine_and_whole_node_are_told_from_a_choice(string cpus, string online, string node, bool everywhere, bool wholeNode)
    {
        InterruptAffinity affinity = InterruptAffinity.Of("0000:02:00.0 vector 0", CpuSet.Parse(cpus), CpuSet.Parse(online), CpuSet.Parse(node));

        Assert.Equal((everywhere, wholeNode), (affinity.Everywhere, affinity.WholeNode));
    }

    /// <summary>A driver was bound while CPU 1 was another partition's, its device was taken again, and CPU 1 came back before the device did.</summary>
    [Fact]
    public void Interrupt_of_a_whole_node_gets_the_whole_node_also_where_the_node_had_fewer_cpus_when_it_was_taken()
    {
        InterruptAffinity before = InterruptAffinity.Of("0000:02:00.0 vector 0", CpuSet.Parse("0,2-3"), CpuSet.Parse("0,2-7"), CpuSet.Parse("0,2-3"));

        Assert.Equal(Node, InterruptAffinity.Restored(before, Node, CpuSet.Range(0, 7), Node, CpuSet.Range(2, 3)));
    }

    /// <summary>A driver was bound while CPU 1 was another partition's, which gives it back.</summary>
    [Fact]
    public void Interrupt_that_was_not_there_before_follows_its_node() =>
        Assert.Equal(Node, InterruptAffinity.Restored(null, CpuSet.Parse("0,2-3"), CpuSet.Range(0, 7), Node, CpuSet.Of(1)));

    [Theory]
    [InlineData("0-3", "0-5")]
    [InlineData("0-5", "0-5")]
    [InlineData("0", null)]
    public void Interrupt_that_was_everywhere_comes_back_to_every_cpu_but_where_it_was_moved_since(string now, string? restored)
    {
        CpuSet online = CpuSet.Range(0, 5);
        InterruptAffinity before = InterruptAffinity.Of("timer", online, online, CpuSet.Empty);

        Assert.Equal(restored, InterruptAffinity.Restored(before, CpuSet.Parse(now), online, CpuSet.Empty, CpuSet.Range(4, 5))?.ToString());
    }

    [Fact]
    public void Choice_of_somebody_is_set_again()
    {
        InterruptAffinity before = InterruptAffinity.Of("timer", CpuSet.Of(2), CpuSet.Range(0, 7), Node);

        Assert.Equal(CpuSet.Of(2), InterruptAffinity.Restored(before, CpuSet.Range(0, 7), CpuSet.Range(0, 7), Node, CpuSet.Of(2)));
    }
}
