using System.Text.Json;
using Parker.Api;
using Parker.Api.Plans;
using Parker.Daemon.Partitions;

namespace Parker.Daemon.Http;

/// <summary>What the API does with configurations.</summary>
internal static class PlanRoutes
{
    public static IEnumerable<ApiRoute> Of(PartitionService service) =>
    [
        new("POST", "/v1/plan", "planConfiguration", "What a configuration changes on this machine; changes nothing.", ApiBody.Of<PlanDocument>())
        {
            Request = ApiBody.Of<PlanRequest>(),
            Handle = call => JsonSerializer.SerializeToUtf8Bytes(service.Plan(call.Body<PlanRequest>()), ApiJson.Of<PlanDocument>()),
        },
        new("POST", "/v1/apply", "applyConfiguration", "Carries out a plan, by its hash: all of it or, where a step fails, nothing.", ApiBody.Of<ApplyDocument>())
        {
            Request = ApiBody.Of<ApplyRequest>(),
            Parameters = [ApiParameter.DryRun],
            Handle = call => JsonSerializer.SerializeToUtf8Bytes(service.Apply(call.Body<ApplyRequest>(), call.IsDryRun), ApiJson.Of<ApplyDocument>()),
        },
    ];
}
