using Parker.Fixtures;
using Parker.Goldens;

namespace Parker.Cli.Tests.Fixtures;

/// <summary>What the program says of each captured machine stands beside it.</summary>
public sealed class FixtureListingTests
{
    public static TheoryData<MachineFixture> All => [.. MachineFixtures.All];

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Topology_is_the_text_beside_the_capture(MachineFixture fixture) => AssertListing(fixture, ".topology.txt", "topology");

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Map_is_the_text_beside_the_capture(MachineFixture fixture) => AssertListing(fixture, ".map.txt", "topology", "--map");

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Check_is_the_text_beside_the_capture(MachineFixture fixture) => AssertListing(fixture, ".check.txt", "check");

    private static void AssertListing(MachineFixture fixture, string ending, params string[] verb)
    {
        ProgramRun run = ProgramRun.Of([.. verb, "--root", fixture.ArchivePath]);
        Assert.Equal("", run.Error);
        GoldenFile.AssertEqual(fixture.PathOf(ending), run.Output);
    }
}
