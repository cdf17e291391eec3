using System.Text.Json;
using Parker.Api;
using Parker.Api.Inspection;
using Parker.Daemon.Inspection;

namespace Parker.Daemon.Http;

/// <summary>What the API does to look into Application Kernels.</summary>
internal static class InspectionRoutes
{
    public static IEnumerable<ApiRoute> Of(InspectionService service) =>
    [
        new("GET", "/v1/partitions/{name}/log", "getLog", "The Application Kernel's log, read from its memory, or of a boot that is over.", ApiBody.Of<LogDocument>())
        {
            Parameters = [ApiParameter.Boot, ApiParameter.After, ApiParameter.WaitMs],
            Handle = call => Json(call.Number(ApiParameter.Boot) is int boot and not 0 ? service.ReadKeptLog(call.Name, boot) : service.ReadLog(call.Name, call.Text(ApiParameter.After), call.Time(ApiParameter.WaitMs, TimeSpan.Zero))),
        },
        new("GET", "/v1/partitions/{name}/threads", "listThreads", "The Application Kernel's threads, read from its memory.", ApiBody.Of<ThreadListDocument>())
        {
            Handle = call => Json(service.ListThreads(call.Name)),
        },
        new("GET", "/v1/partitions/{name}/usage", "getUsage", "How busy and how full the Application Kernel is, read from its memory.", ApiBody.Of<UsageDocument>())
        {
            Handle = call => Json(service.ReadUsage(call.Name)),
        },
        new("POST", "/v1/partitions/{name}/dump", "dumpPartition", "Writes the partition's memory to a file, as an ELF core; ends when the client hangs up.", ApiBody.Of<DumpDocument>())
        {
            Request = ApiBody.Of<DumpRequest>(),
            Handle = call => Json(service.Dump(call.Name, call.Body<DumpRequest>(), call.Client?.Process, call.HangsUp)),
        },
    ];

    private static ReadOnlyMemory<byte> Json<T>(T document) => JsonSerializer.SerializeToUtf8Bytes(document, ApiJson.Of<T>());
}
