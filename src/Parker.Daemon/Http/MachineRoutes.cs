using System.Text.Json;
using Parker.Api;
using Parker.Api.Check;
using Parker.Api.Topology;
using Parker.Daemon.Machines;
using Parker.Daemon.Metrics;
using Parker.Daemon.Partitions;
using Parker.Machine.Topology;
using Parker.Planning.Grants;
using Parker.Planning.Preflight;

namespace Parker.Daemon.Http;

/// <summary>What the API says of the machine.</summary>
internal static class MachineRoutes
{
    public static IEnumerable<ApiRoute> Of(PartitionService service, MetricsText metrics) =>
    [
        new("GET", "/v1/topology", "getTopology", "What the machine is made of, read anew.", ApiBody.Of<TopologyDocument>())
        {
            IsSlow = true,
            Handle = _ =>
            {
                MachineTopology topology = service.ReadTopology();
                return Json(TopologyDocument.Of(topology, GrantDocuments.Of(BusGrants.Evaluate(topology))));
            },
        },
        new("GET", "/v1/check", "checkMachine", "Whether partitions can be started on the machine, read anew.", ApiBody.Of<CheckDocument>())
        {
            IsSlow = true,
            Handle = _ => Json(CheckDocuments.Of(MachineCheck.Evaluate(service.ReadTopology()))),
        },
        new("GET", "/metrics", "getMetrics", "Counters and states for Prometheus, in its text format.", ApiBody.Metrics())
        {
            Handle = _ => metrics.Write(),
        },
    ];

    private static ReadOnlyMemory<byte> Json<T>(T document) => JsonSerializer.SerializeToUtf8Bytes(document, ApiJson.Of<T>());
}
