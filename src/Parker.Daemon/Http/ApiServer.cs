using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parker.Api;
using Parker.Api.Client;
using Parker.Api.Problems;
using Parker.Daemon.Events;
using Parker.Daemon.Metrics;
using Parker.Daemon.Partitions;

namespace Parker.Daemon.Http;

/// <summary>The API on a unix socket.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    private const long LongestBody = 1 << 20;

    private readonly WebApplication _application;
    private readonly IReadOnlyList<ApiRoute> _routes;
    private readonly RequestMeter _requests = new();

    private ApiServer(WebApplication application, PartitionService service)
    {
        _application = application;
        List<ApiRoute> routes = [.. PartitionRoutes.Of(service), .. InspectionRoutes.Of(service.Inspection), .. EventRoutes.Of(service.Events), .. MachineRoutes.Of(service, new MetricsText(service, _requests)), .. PlanRoutes.Of(service)];
        routes.Add(new ApiRoute("GET", "/v1/openapi.json", "getOpenApi", "This description.", ApiBody.Internal("OpenApi")) { Handle = _ => OpenApiDocument.Write(routes) });
        _routes = routes;
    }

    /// <summary>Binds the socket and serves on it.</summary>
    /// <param name="service">What is served.</param>
    /// <param name="socketPath">The socket; one that is left over there is replaced, so the caller holds the lock of the state folder.</param>
    /// <param name="logging">Where messages go.</param>
    /// <exception cref="IOException">The socket cannot be bound.</exception>
    public static async Task<ApiServer> StartAsync(PartitionService service, string socketPath, Action<ILoggingBuilder> logging)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(logging);
        File.Delete(socketPath);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
            kestrel.ListenUnixSocket(socketPath, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        logging(builder.Logging);
        ApiServer server = new(builder.Build(), service);
        server.Map();
        await server._application.StartAsync();
        return server;
    }

    /// <summary>Ends when SIGTERM or SIGINT has come.</summary>
    public Task WaitForShutdownAsync() => _application.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private void Map()
    {
        foreach (ApiRoute route in _routes)
        {
            _application.MapMethods(route.Pattern, [route.Method], async context =>
            {
                long begun = Stopwatch.GetTimestamp();
                await Serve(route, context, _application.Lifetime.ApplicationStopping);
                _requests.Count(route.Id, context.Response.StatusCode, Stopwatch.GetElapsedTime(begun));
            });
        }

        _application.MapFallback(context => Write(context, Problems.NoAddress(context.Request.Method, context.Request.Path)));
    }

    private static async Task Serve(ApiRoute route, HttpContext context, CancellationToken stopping)
    {
        // Who follows something would keep the daemon from ending.
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            using MemoryStream body = new();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            ApiCall call = new(context, body.ToArray(), ends.Token);
            Requester.Current = call.Client;
            if (route.Stream is not null)
            {
                await Stream(context, route.Answer.MediaType, route.Stream(call), ends.Token);
                return;
            }

            ReadOnlyMemory<byte> answer = route.MayTakeLong
                ? await Task.Factory.StartNew(() => route.Handle!(call), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                : route.Handle!(call);
            foreach (string note in call.Notes)
            {
                // The default encoder leaves nothing but ASCII, as a header must.
                context.Response.Headers.Append(ParkerClient.NoteHeader, $"\"{JsonEncodedText.Encode(note)}\"");
            }

            await Write(context, StatusCodes.Status200OK, route.Answer.MediaType, answer);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // Nobody waits for an answer.
        }
#pragma warning disable CA1031 // The last handler of a request: whatever goes wrong becomes a problem.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await Write(context, Problems.Of(exception));
        }
    }

    private static async Task Stream(HttpContext context, string mediaType, IAsyncEnumerable<ReadOnlyMemory<byte>> parts, CancellationToken ends)
    {
        context.Response.ContentType = mediaType;
        await context.Response.StartAsync(ends);
        await foreach (ReadOnlyMemory<byte> part in parts.WithCancellation(ends))
        {
            await context.Response.Body.WriteAsync(part, ends);
            await context.Response.Body.FlushAsync(ends);
        }
    }

    private static Task Write(HttpContext context, ProblemDocument problem) =>
        Write(context, problem.Status, Problems.MediaType, JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Of<ProblemDocument>()));

    private static async Task Write(HttpContext context, int status, string mediaType, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
