using System.Text.Json;
using Parker.Fixtures;

namespace Parker.Smoke.Tests;

/// <summary>Each verb that reads a machine, on each captured one.</summary>
public sealed class FixtureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parker-smoke-").FullName;

    public static TheoryData<MachineFixture> All => [.. MachineFixtures.All];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Topology_prints_the_text_beside_the_capture(MachineFixture fixture) => AssertPrints(fixture, ".topology.txt", [0], "topology");

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Map_prints_the_text_beside_the_capture(MachineFixture fixture) => AssertPrints(fixture, ".map.txt", [0], "topology", "--map");

    // 3: partitions cannot be started on that machine.
    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Check_prints_the_text_beside_the_capture(MachineFixture fixture) => AssertPrints(fixture, ".check.txt", [0, 3], "check");

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Json_is_one_object(MachineFixture fixture)
    {
        foreach (string verb in (string[])["topology", "check"])
        {
            PublishedProgram run = PublishedProgram.Run(verb, "-o", "json", "--root", fixture.ArchivePath);
            Assert.Equal("", run.Error);
            using JsonDocument document = JsonDocument.Parse(run.Output);
            Assert.Equal(1, document.RootElement.GetProperty("version").GetInt32());
        }
    }

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Capture_of_the_unpacked_capture_is_the_same_machine(MachineFixture fixture)
    {
        string unpacked = Path.Combine(_folder, "machine");
        string again = Path.Combine(_folder, "again.tar.zst");
        Directory.CreateDirectory(unpacked);
        fixture.Unpack(unpacked);
        PublishedProgram capture = PublishedProgram.Run("capture", again, "--root", unpacked);
        Assert.Equal((0, ""), (capture.ExitCode, capture.Error));

        PublishedProgram folder = PublishedProgram.Run("topology", "-o", "json", "--root", unpacked);
        Assert.Equal(folder, PublishedProgram.Run("topology", "-o", "json", "--root", fixture.ArchivePath));
        Assert.Equal(folder, PublishedProgram.Run("topology", "-o", "json", "--root", again));
    }

    private static void AssertPrints(MachineFixture fixture, string ending, int[] exitCodes, params string[] verb)
    {
        PublishedProgram run = PublishedProgram.Run([.. verb, "--root", fixture.ArchivePath]);
        Assert.Equal("", run.Error);
        Assert.Contains(run.ExitCode, exitCodes);
        Assert.Equal(File.ReadAllText(fixture.PathOf(ending)).TrimEnd('\n'), run.Output.TrimEnd('\n'));
    }
}
