using CsCheck;

namespace Parker.Machine.Tests;

public sealed class CpuSetTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\n", "")]
    [InlineData("0", "0")]
    [InlineData("0-3,8\n", "0-3,8")]
    [InlineData("8,3,2,1,0", "0-3,8")]
    [InlineData("0-1,1-3", "0-3")]
    [InlineData("4-4", "4")]
    [InlineData("0,1", "0-1")]
    [InlineData("8191", "8191")]
    [InlineData("0-8191", "0-8191")]
    [InlineData("007", "7")]
    [InlineData("0-11:2/4", "0-1,4-5,8-9")]
    [InlineData("9-38:4/10", "9-12,19-22,29-32")]
    [InlineData("0-5:0/2", "")]
    [InlineData("0-5:2/2", "0-5")]
    [InlineData("2-5:1/4294967295", "2")]
    [InlineData(",1,,2,", "1-2")]
    [InlineData("1 2\t4", "1-2,4")]
    [InlineData("1, 3", "1,3")]
    public void Parse_kernel_cpulist_gives_the_set(string text, string canonical) => Assert.Equal(canonical, CpuSet.Parse(text).ToString());

    [Theory]
    [InlineData("a")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("3-1")]
    [InlineData("1-")]
    [InlineData("-")]
    [InlineData("1-2-3")]
    [InlineData("8192")]
    [InlineData("0-8192")]
    [InlineData("4294967296")]
    [InlineData("99999999999999999999")]
    [InlineData("0-3:2")]
    [InlineData("0-3:2/")]
    [InlineData("0-3:/2")]
    [InlineData("0-3:1/0")]
    [InlineData("0-3:3/2")]
    [InlineData("3:1/2")]
    [InlineData("1 - 2")]
    [InlineData("0x1")]
    [InlineData("1;2")]
    [InlineData("all")]
    [InlineData("0-N")]
    public void TryParse_other_text_is_refused(string text)
    {
        Assert.False(CpuSet.TryParse(text, null, out CpuSet? set));
        Assert.Null(set);
        Assert.Throws<FormatException>(() => CpuSet.Parse(text));
    }

    [Fact]
    public void Print_then_parse_gives_the_same_set() => Any.Cpus.Sample(set => CpuSet.Parse(set.ToString()).Equals(set));

    [Fact]
    public void TryParse_hostile_text_never_throws() => Any.HostileText.Sample(text =>
    {
        bool parsed = CpuSet.TryParse(text, null, out CpuSet? set);
        Assert.True(!parsed || CpuSet.Parse(set!.ToString()).Equals(set));
    });

    [Fact]
    public void Pattern_takes_the_first_of_each_group() => Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300], Gen.Int[0, 20], Gen.Int[1, 20]).Sample((first, length, used, group) =>
    {
        string text = $"{first}-{first + length}:{used}/{group}";
        if (used > group)
        {
            Assert.False(CpuSet.TryParse(text, null, out _));
            return;
        }

        Assert.Equal(CpuSet.Of(Enumerable.Range(first, length + 1).Where(cpu => (cpu - first) % group < used)), CpuSet.Parse(text));
    });

    [Fact]
    public void Algebra_matches_hash_sets() => Gen.Select(Any.Cpus, Any.Cpus).Sample((left, right) =>
    {
        HashSet<int> a = [.. left];
        HashSet<int> b = [.. right];
        Assert.Equal(a.Count, left.Count);
        Assert.Equal(a.Count == 0, left.IsEmpty);
        AssertSame(a.Union(b), left.Union(right));
        AssertSame(a.Intersect(b), left.Intersect(right));
        AssertSame(a.Except(b), left.Except(right));
        Assert.Equal(a.Overlaps(b), left.Overlaps(right));
        Assert.Equal(a.IsSupersetOf(b), left.Contains(right));
        Assert.Equal(a.SetEquals(b), left.Equals(right));
    });

    [Fact]
    public void Equal_sets_made_differently_have_equal_hashes() => Gen.Select(Any.Cpus, Any.Cpus).Sample((left, right) =>
    {
        CpuSet same = left.Union(right).Except(right.Except(left));
        Assert.Equal(left, same);
        Assert.Equal(left.GetHashCode(), same.GetHashCode());
    });

    [Fact]
    public void Contains_number_that_no_set_can_hold_is_false()
    {
        CpuSet set = CpuSet.Range(0, CpuSet.Capacity - 1);
        Assert.False(set.Contains(-1));
        Assert.False(set.Contains(CpuSet.Capacity));
        Assert.False(set.Contains(int.MaxValue));
        Assert.True(set.Contains(CpuSet.Capacity - 1));
        Assert.Equal(CpuSet.Capacity, set.Count);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(2, 1)]
    [InlineData(0, CpuSet.Capacity)]
    [InlineData(0, int.MaxValue)]
    [InlineData(int.MinValue, int.MaxValue)]
    public void Range_outside_the_capacity_is_refused(int first, int last) => Assert.Throws<ArgumentOutOfRangeException>(() => CpuSet.Range(first, last));

    [Theory]
    [InlineData(-1)]
    [InlineData(CpuSet.Capacity)]
    public void Of_cpu_outside_the_capacity_is_refused(int cpu) => Assert.Throws<ArgumentOutOfRangeException>(() => CpuSet.Of(cpu));

    private static void AssertSame(IEnumerable<int> expected, CpuSet actual) => Assert.Equal(expected.Order(), actual);
}
