using System.Text.RegularExpressions;
using CsCheck;
using Parker.Api;
using Parker.Cli.Checks;
using Parker.Cli.Drawing;
using Parker.Cli.Topologies;
using Parker.Daemon.Machines;
using Parker.Fixtures;
using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Machine.Topology.Reading;
using Parker.Machine.Topology.Sources;
using Parker.Partition;
using Parker.Planning.Explicit;
using Parker.Planning.Grants;
using Parker.Planning.Preflight;

namespace Parker.Cli.Tests.Fixtures;

/// <summary>A machine with any one of its files damaged is read, judged and shown all the same, and nothing of it is thrown.</summary>
public sealed partial class DamagedFixtureTests
{
    public static TheoryData<MachineFixture> All => [.. MachineFixtures.All];

    private static bool IsSoak => Environment.GetEnvironmentVariable("PARKER_SOAK") == "1";

    // One file of each kind (a number in a path counts as any other), each damage, each time another seed.
    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Damaged_file_is_no_exception(MachineFixture fixture)
    {
        TreeMachineSource machine = fixture.Open();
        RecordingMachineSource recorder = new(machine);
        MachineTopology whole = TopologyReader.Read(recorder);
        Assert.DoesNotContain(whole.Diagnostics, diagnostic => diagnostic.Id is "TOPO002" or "TOPO003" or "TOPO004");
        string[] kinds = [.. recorder.Files.GroupBy(path => Number().Replace(path, "#")).Select(group => group.Order(StringComparer.Ordinal).ElementAt(group.Count() / 2))];
        Assert.True(kinds.Length > 30);

        Gen.Select(Gen.Int[0, kinds.Length - 1].Select(index => kinds[index]), Gen.Enum<Damage>(), Gen.Int).Sample(
            (path, damage, seed) => Show(new DamagedMachineSource(machine, path, damage, seed)),
            iter: IsSoak ? 20_000 : whole.Cpus.Count > 64 ? 40 : 500,
            threads: 1,
            print: sample => $"{sample.Item1} {sample.Item2} seed {sample.Item3}");
    }

    // What only root may read, damaged: never silent.
    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Denied_file_is_reported(MachineFixture fixture)
    {
        TreeMachineSource machine = fixture.Open();
        foreach (string path in (string[])["/proc/iomem", "/proc/cpuinfo", "/sys/firmware/acpi/tables/APIC", "/sys/devices/system/cpu/online"])
        {
            MachineTopology topology = TopologyReader.Read(new DamagedMachineSource(machine, path, Damage.Denied, 0));
            Assert.Contains(topology.Diagnostics, diagnostic => diagnostic.Id == "TOPO001" && diagnostic.Place == path);
        }
    }

    private static void Show(IMachineSource source)
    {
        MachineTopology topology = TopologyReader.Read(source);
        BusGrants grants = BusGrants.Evaluate(topology);
        using StringWriter text = new();
        TopologyListing.Write(topology, grants, text);
        CheckListing.Write(MachineCheck.Evaluate(topology), useColour: false, text);
        MapDrawing.Write(MachinePicture.Of(topology, grants), text);
        CheckListing.Write(MachineCheck.Evaluate(topology), useColour: false, text);
        _ = new ExplicitPlanner(topology, []).TryPlan(
            new PartitionWish
            {
                Name = PartitionName.Parse("a"),
                CpuCount = 4,
                MemorySize = ByteSize.FromGibibytes(1),
                Devices = [.. grants.Candidates.Where(grants.CanGrant).SelectMany(candidate => candidate.Functions).Take(1)],
                KernelPath = "/boot/vmlinuz",
            },
            []);
        text.Write(ApiJson.ToJson(Parker.Api.Topology.TopologyDocument.Of(topology, GrantDocuments.Of(grants))));
    }

    [GeneratedRegex("[0-9a-f]*[0-9][0-9a-f]*")]
    private static partial Regex Number();
}
