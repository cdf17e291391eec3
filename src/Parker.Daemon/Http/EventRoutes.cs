using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Parker.Api;
using Parker.Api.Events;
using Parker.Daemon.Events;

namespace Parker.Daemon.Http;

/// <summary>What happened, as server-sent events (HTML Living Standard, 9.2 "Server-sent events").</summary>
/// <remarks>
/// <code>
/// id: 638680000000000000
/// event: state
/// data: {"id":638680000000000000,"time":"2026-11-24T09:00:00+00:00","partition":"db","kind":"state",...}
/// </code>
/// A reader that comes back sends the last id in <c>Last-Event-ID</c>. A comment every 15 seconds shows whether the reader is still there.
/// </remarks>
internal static class EventRoutes
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    public static IEnumerable<ApiRoute> Of(EventLog events) =>
    [
        new("GET", "/v1/events", "listEvents", "What happened to all partitions, as server-sent events; the data of each is an EventDocument.", ApiBody.Events())
        {
            Parameters = [ApiParameter.AfterEvent, ApiParameter.Follow],
            Stream = call => Write(events, After(call), Follow(call), call.HangsUp),
        },
    ];

    private static long After(ApiCall call) => (call.Text(ApiParameter.AfterEvent) ?? call.Header("Last-Event-ID")) switch
    {
        null or "" => 0,
        string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) => id,
        string other => throw new BadRequestException($"An event's id is a number, not '{other}'."),
    };

    private static bool Follow(ApiCall call) => call.Text(ApiParameter.Follow) is null || call.Flag(ApiParameter.Follow);

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Write(EventLog events, long after, bool follow, [EnumeratorCancellation] CancellationToken hangsUp)
    {
        await foreach (EventDocument? one in events.ReadAsync(after, follow, KeepAlive, hangsUp).ConfigureAwait(false))
        {
            yield return one is null ? Comment : Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {one.Id}\nevent: {one.Kind}\ndata: {ApiJson.ToLine(one)}\n\n"));
        }
    }
}
