using System.Text;
using System.Text.Json;
using Parker.Api;
using Parker.Api.Partitions;
using Parker.Daemon.Partitions;
using Parker.Runtime.Journal;

namespace Parker.Daemon.Http;

/// <summary>What the API does with partitions: each the same call that every other door makes.</summary>
internal static class PartitionRoutes
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(90);

    public static IEnumerable<ApiRoute> Of(PartitionService service) =>
    [
        new("GET", "/v1/partitions", "listPartitions", "All partitions as they are now.", ApiBody.Of<PartitionListDocument>())
        {
            Handle = call => Json(service.List()),
        },
        new("GET", "/v1/partitions/{name}", "getPartition", "One partition as it is now.", ApiBody.Of<PartitionDocument>())
        {
            Parameters = [ApiParameter.Await, ApiParameter.TimeoutMs],
            Handle = call => Json(Get(service, call)),
        },
        new("PUT", "/v1/partitions/{name}", "createPartition", "Defines a partition; takes nothing of the machine.", ApiBody.Of<PartitionDocument>())
        {
            Request = ApiBody.Of<PartitionRequest>(),
            Parameters = [ApiParameter.DryRun],
            Handle = call => Json(service.Create(Request(call), call.IsDryRun, call.Notes)),
        },
        new("DELETE", "/v1/partitions/{name}", "destroyPartition", "Gives everything back and forgets the partition; answers how it was last.", ApiBody.Of<PartitionDocument>())
        {
            Preview = ApiBody.Of<PreviewDocument>(),
            Parameters = [ApiParameter.Now, ApiParameter.DryRun],
            Handle = call => call.IsDryRun ? Json(service.PreviewDestroy(call.Name, call.Flag(ApiParameter.Now))) : Json(service.Destroy(call.Name, call.Flag(ApiParameter.Now))),
        },
        new("POST", "/v1/partitions/{name}/start", "startPartition", "Claims, loads and starts the partition; answers when its first CPU has taken its first instruction.", ApiBody.Of<StartDocument>())
        {
            Preview = ApiBody.Of<PreviewDocument>(),
            Parameters = [ApiParameter.DryRun],
            Handle = call => call.IsDryRun ? Json(service.PreviewStart(call.Name)) : Json(service.Start(call.Name)),
        },
        new("POST", "/v1/partitions/{name}/stop", "stopPartition", "Asks the kernel to shut down, then stops its CPUs with proof.", ApiBody.Of<PartitionDocument>())
        {
            Preview = ApiBody.Of<PreviewDocument>(),
            Parameters = [ApiParameter.GraceMs, ApiParameter.DryRun],
            Handle = call => call.IsDryRun ? Json(service.PreviewStop(call.Name, Grace(call))) : Json(service.Stop(call.Name, Grace(call))),
        },
        new("POST", "/v1/partitions/{name}/restart", "restartPartition", "Stops the partition as stop does, where it runs, and starts it; answers when its first CPU has taken its first instruction.", ApiBody.Of<StartDocument>())
        {
            Preview = ApiBody.Of<PreviewDocument>(),
            Parameters = [ApiParameter.GraceMs, ApiParameter.DryRun],
            Handle = call => call.IsDryRun ? Json(service.PreviewRestart(call.Name, Grace(call))) : Json(service.Restart(call.Name, Grace(call))),
        },
        new("POST", "/v1/partitions/{name}/set", "setPartition", "Gives the partition other CPUs and other memory while its kernel runs; answers when that has let go of what leaves and knows what comes.", ApiBody.Of<SetDocument>())
        {
            Request = ApiBody.Of<SetRequest>(),
            Preview = ApiBody.Of<PreviewDocument>(),
            Parameters = [ApiParameter.AnswerMs, ApiParameter.DryRun],
            Handle = call => call.IsDryRun
                ? Json(service.PreviewSet(call.Name, call.Body<SetRequest>(), Patience(call), call.Notes))
                : Json(service.Set(call.Name, call.Body<SetRequest>(), Patience(call), call.Notes)),
        },
        new("POST", "/v1/partitions/{name}/nmi", "sendNmi", "Sends an NMI to the partition's first CPU.", ApiBody.Of<NmiDocument>())
        {
            Handle = call => Json(service.SendNmi(call.Name)),
        },
        new("GET", "/v1/partitions/{name}/plan", "getPlan", "The partition's plan as the journal holds it; its form may change with each version.", ApiBody.Internal("Plan"))
        {
            Handle = call => Encoding.UTF8.GetBytes(PlanJson.Write(service.PlanOf(call.Name))),
        },
    ];

    private static PartitionDocument Get(PartitionService service, ApiCall call) => call.Text(ApiParameter.Await) switch
    {
        null => service.Status(call.Name),
        "running" => service.AwaitRunning(call.Name, call.Time(ApiParameter.TimeoutMs, DefaultTimeout)),
        "init" => service.AwaitInit(call.Name, call.Time(ApiParameter.TimeoutMs, DefaultTimeout)),
        string other => throw new BadRequestException($"await is 'running' or 'init', not '{other}'."),
    };

    private static PartitionRequest Request(ApiCall call)
    {
        PartitionRequest request = call.Body<PartitionRequest>();
        return request.Name.Length == 0 || request.Name == call.NameText
            ? request with { Name = call.NameText }
            : throw new BadRequestException($"The address names '{call.NameText}', and the body '{request.Name}'.");
    }

    private static TimeSpan Grace(ApiCall call) => call.Time(ApiParameter.GraceMs, PartitionService.DefaultGrace);

    private static TimeSpan Patience(ApiCall call) => call.Time(ApiParameter.AnswerMs, PartitionService.DefaultPatience);

    private static ReadOnlyMemory<byte> Json<T>(T document) => JsonSerializer.SerializeToUtf8Bytes(document, ApiJson.Of<T>());
}
