using Parker.Api;
using Parker.Api.Topology;
using Parker.Cli.Topologies;
using Parker.Daemon.Machines;
using Parker.Linux.Sources;
using Parker.Machine.Topology;
using Parker.Machine.Topology.Reading;
using Parker.Machine.Topology.Sources;
using Parker.Planning.Grants;

namespace Parker.Cli.Tests.Captures;

public sealed class RunningMachineCaptureTests
{
    [Fact]
    public void Capture_of_this_machine_gives_back_the_same_topology()
    {
        RecordingMachineSource recorder = new(new RunningMachineSource());
        MachineTopology seen = TopologyReader.Read(recorder);
        TreeMachineSource capture = new();
        recorder.WriteTo(capture);
        MachineTopology captured = TopologyReader.Read(capture);
        Assert.Equal(Listing(seen), Listing(captured));
        Assert.Equal(Json(seen), Json(captured));
    }

    [Fact]
    public void Capture_of_this_machine_scrubbed_has_as_much_to_list()
    {
        RecordingMachineSource recorder = new(new RunningMachineSource());
        MachineTopology seen = TopologyReader.Read(recorder);
        TreeMachineSource capture = new();
        recorder.WriteTo(new CaptureScrubber(capture));
        MachineTopology captured = TopologyReader.Read(capture);
        Assert.Equal(Listing(seen).Split('\n').Length, Listing(captured).Split('\n').Length);
        Assert.Equal(Listing(seen with { Kernel = captured.Kernel, Pci = captured.Pci }), Listing(captured));
    }

    private static string Listing(MachineTopology topology)
    {
        using StringWriter output = new();
        TopologyListing.Write(topology, BusGrants.Evaluate(topology), output);
        return output.ToString();
    }

    private static string Json(MachineTopology topology) => ApiJson.ToJson(TopologyDocument.Of(topology, GrantDocuments.Of(BusGrants.Evaluate(topology))));
}
