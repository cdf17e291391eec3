using System.Text;
using Parker.Cli.Drawing;
using Parker.Cli.Topologies;
using Parker.Fixtures;
using Parker.Machine.Topology;
using Parker.Machine.Topology.Reading;
using Parker.Machine.Topology.Sources;
using Parker.Planning.Grants;

namespace Parker.Cli.Tests.Drawing;

public sealed class MachinePictureTests
{
    public static TheoryData<MachineFixture> Fixtures => [.. MachineFixtures.All];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Picture_has_every_cpu_and_every_byte_of_the_pool_once(MachineFixture fixture)
    {
        MachineTopology topology = TopologyReader.Read(fixture.Open());
        MachinePicture picture = MachinePicture.Of(topology, BusGrants.Evaluate(topology));
        Assert.Equal(
            topology.Cpus.Select(cpu => cpu.Number),
            picture.Nodes.SelectMany(node => node.Cores).SelectMany(group => group.Cores).SelectMany(threads => threads).Select(thread => thread.Cpu).Order());
        Assert.Equal(
            topology.Memory.Pool.TotalLength.Bytes,
            picture.Nodes.SelectMany(node => node.Memory).Where(piece => piece.User == MemoryUser.Pool).Aggregate(0UL, (sum, piece) => sum + piece.Size.Bytes));
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Picture_has_every_bus_with_devices_once(MachineFixture fixture)
    {
        MachineTopology topology = TopologyReader.Read(fixture.Open());
        BusGrants grants = BusGrants.Evaluate(topology);
        Assert.Equal(
            grants.Candidates.Where(candidate => candidate.Port is not null && candidate.Functions.Count > 0).Select(candidate => candidate.Buses.ToString()),
            MachinePicture.Of(topology, grants).Nodes.SelectMany(node => node.Buses).Select(bus => bus.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("0", "1", new[] { "" })]
    [InlineData("0-1", "0-1", new[] { "L3 4 MiB" })]
    public void Picture_groups_cores_by_a_cache_only_where_cores_share_one(string first, string second, string[] labels)
    {
        TreeMachineSource source = new();
        Add(source, "proc/cpuinfo", string.Concat(Enumerable.Range(0, 2).Select(cpu => $"processor\t: {cpu}\nphysical id\t: 0\ncore id\t: {cpu}\napicid\t: {cpu}\n\n")));
        foreach (string set in (string[])["online", "present", "possible"])
        {
            Add(source, "sys/devices/system/cpu/" + set, "0-1\n");
        }

        foreach ((int cpu, string shared) in (IEnumerable<(int, string)>)[(0, first), (1, second)])
        {
            string folder = $"sys/devices/system/cpu/cpu{cpu}/";
            Add(source, folder + "topology/physical_package_id", "0\n");
            Add(source, folder + "topology/core_id", $"{cpu}\n");
            Add(source, folder + "topology/thread_siblings_list", $"{cpu}\n");
            Add(source, folder + "cache/index0/level", "3\n");
            Add(source, folder + "cache/index0/type", "Unified\n");
            Add(source, folder + "cache/index0/size", "4096K\n");
            Add(source, folder + "cache/index0/shared_cpu_list", shared + "\n");
        }

        MachineTopology topology = TopologyReader.Read(source);
        PictureNode node = Assert.Single(MachinePicture.Of(topology, BusGrants.Evaluate(topology)).Nodes);
        Assert.Equal(labels, node.Cores.Select(group => group.Label));
        Assert.Equal(2, node.Cores.Sum(group => group.Cores.Count));
    }

    private static void Add(TreeMachineSource source, string path, string text) => source.Add(path, CaptureEntryKind.File, Encoding.UTF8.GetBytes(text));
}
