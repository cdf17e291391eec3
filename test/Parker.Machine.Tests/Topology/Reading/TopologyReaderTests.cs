using Parker.Machine.Topology;
using Parker.Machine.Topology.Reading;

namespace Parker.Machine.Tests.Topology.Reading;

public sealed class TopologyReaderTests
{
    [Fact]
    public void Read_of_nothing_gives_an_empty_topology_and_says_what_is_missing()
    {
        MachineTopology topology = TopologyReader.Read(new InMemoryMachineSource());

        Assert.Empty(topology.Cpus);
        Assert.Single(topology.Nodes);
        Assert.True(topology.Memory.Pool.IsEmpty);
        Assert.False(topology.Interrupts.Mode.IsKnown);
        Assert.Equal(TscSource.Unknown, topology.Tsc.Source);
        Assert.Contains(topology.Diagnostics, diagnostic => diagnostic.Id == "TOPO003" && diagnostic.Place == "/proc/cpuinfo");
    }
}
