using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Parker.Api;
using Parker.Api.Inspection;
using Parker.Api.Partitions;
using Parker.Api.Plans;
using Parker.Runtime.Journal;
using Parker.Runtime.Tests;

namespace Parker.Daemon.Tests.Http;

/// <summary>The API as any client sees it, held against its own description.</summary>
public sealed class ApiTests : IDisposable
{
    private readonly TestServer _server = new();
    private readonly HttpClient _client;
    private readonly HashSet<string> _called = [];
    private readonly JsonElement _description;

    public ApiTests()
    {
        string socket = _server.Socket;
        SocketsHttpHandler handler = new()
        {
            ConnectCallback = async (_, cancellation) =>
            {
                Socket connection = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return new NetworkStream(connection, ownsSocket: true);
            },
        };
        _client = new HttpClient(handler) { BaseAddress = new Uri("http://parker") };
        _description = JsonDocument.Parse(_client.GetStringAsync("/v1/openapi.json").GetAwaiter().GetResult()).RootElement;
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Every_operation_of_the_description_answers_as_described()
    {
        string body = JsonSerializer.Serialize(TestServer.Request(devices: "0000:01:00.0") with { CpusMax = 4 }, ApiJson.Of<PartitionRequest>());
        await Call("GET", "/v1/openapi.json", "/v1/openapi.json");
        await Call("PUT", "/v1/partitions/{name}", "/v1/partitions/db?dry_run=true", body);
        await Call("PUT", "/v1/partitions/{name}", "/v1/partitions/db", body);
        await Call("POST", "/v1/partitions/{name}/start", "/v1/partitions/db/start?dry_run=true");
        await Call("POST", "/v1/partitions/{name}/start", "/v1/partitions/db/start");
        await Call("GET", "/v1/partitions", "/v1/partitions");
        await Call("GET", "/v1/partitions/{name}", "/v1/partitions/db");
        await Call("GET", "/v1/partitions/{name}", "/v1/partitions/db?await=running&timeout_ms=1000");
        await Call("GET", "/v1/partitions/{name}", "/v1/partitions/db?await=init&timeout_ms=1000");
        await Call("GET", "/v1/partitions/{name}/plan", "/v1/partitions/db/plan");
        await Call("GET", "/v1/partitions/{name}/log", "/v1/partitions/db/log");

        FakeElasticKernel kernel = new(_server.Machine, PlanJson.Read(await _client.GetStringAsync("/v1/partitions/db/plan", TestContext.Current.CancellationToken)));
        kernel.Boot();
        _server.Machine.Waited = () => kernel.Poll();
        string set = JsonSerializer.Serialize(new SetRequest { Cpus = "4-6" }, ApiJson.Of<SetRequest>());
        await Call("POST", "/v1/partitions/{name}/set", "/v1/partitions/db/set?dry_run=true", set);
        await Call("POST", "/v1/partitions/{name}/set", "/v1/partitions/db/set?timeout_ms=3000", set);
        _server.Machine.Waited = null;

        // No kernel runs on the fake machine; what these find in one is in Parker.Inspect.Tests and InspectionVerbTests.
        foreach (string what in (string[])["threads", "usage"])
        {
            _called.Add("GET /v1/partitions/{name}/" + what);
            (HttpResponseMessage refused, JsonElement problem) = await Send("GET", "/v1/partitions/db/" + what);
            AssertProblem(refused, problem, "urn:parker:refused");
        }

        string dump = Path.Combine(_server.State.Path, "db.core");
        await Call("POST", "/v1/partitions/{name}/dump", "/v1/partitions/db/dump", JsonSerializer.Serialize(new DumpRequest { Path = dump }, ApiJson.Of<DumpRequest>()));
        await Call("POST", "/v1/partitions/{name}/nmi", "/v1/partitions/db/nmi");
        await Call("POST", "/v1/partitions/{name}/restart", "/v1/partitions/db/restart?dry_run=true");
        await Call("POST", "/v1/partitions/{name}/restart", "/v1/partitions/db/restart?grace_ms=0");
        await Call("POST", "/v1/partitions/{name}/stop", "/v1/partitions/db/stop?dry_run=true");
        await Call("POST", "/v1/partitions/{name}/stop", "/v1/partitions/db/stop?grace_ms=0");
        await Call("DELETE", "/v1/partitions/{name}", "/v1/partitions/db?dry_run=true");
        await Call("DELETE", "/v1/partitions/{name}", "/v1/partitions/db?now=true");
        await Call("GET", "/v1/topology", "/v1/topology");
        await Call("GET", "/v1/check", "/v1/check");
        await CallText("GET", "/v1/events", "/v1/events?follow=false", "text/event-stream", "event: removed\ndata: {");
        await CallText("GET", "/metrics", "/metrics", "text/plain", "parker_requests_total{operation=\"startPartition\",status=\"200\"} 2\n");
        const string Configuration = "[[partition]]\nname = \"db\"\ncpus = \"4-5\"\nmemory = \"256M\"\nkernel = \"/boot/vmlinuz\"\n";
        string wanted = JsonSerializer.Serialize(new PlanRequest(Configuration, "parker.toml"), ApiJson.Of<PlanRequest>());
        (_, JsonElement plan) = await Send("POST", "/v1/plan", wanted);
        string apply = JsonSerializer.Serialize(new ApplyRequest(Configuration, "parker.toml", plan.GetProperty("hash").GetString()!), ApiJson.Of<ApplyRequest>());
        await Call("POST", "/v1/plan", "/v1/plan", wanted);
        await Call("POST", "/v1/apply", "/v1/apply?dry_run=true", apply);
        await Call("POST", "/v1/apply", "/v1/apply", apply);
        IEnumerable<string> described = _description.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));
        Assert.Equal(described.Order(), _called.Order());
    }

    [Theory]
    [InlineData("GET", "/v1/partitions/db", null, 404, "urn:parker:not-found", "RUN001")]
    [InlineData("POST", "/v1/partitions/db/start", null, 404, "urn:parker:not-found", "RUN001")]
    [InlineData("GET", "/v1/nothing", null, 404, "urn:parker:not-found", null)]
    [InlineData("PATCH", "/v1/partitions", null, 404, "urn:parker:not-found", null)]
    [InlineData("GET", "/v1/partitions/Bad!", null, 400, "urn:parker:bad-request", null)]
    [InlineData("POST", "/v1/partitions/db/stop?grace_ms=soon", null, 400, "urn:parker:bad-request", null)]
    [InlineData("DELETE", "/v1/partitions/db?now=perhaps", null, 400, "urn:parker:bad-request", null)]
    [InlineData("GET", "/v1/events?after=yesterday", null, 400, "urn:parker:bad-request", null)]
    [InlineData("GET", "/v1/partitions/db?await=death", null, 400, "urn:parker:bad-request", null)]
    [InlineData("PUT", "/v1/partitions/db", "no JSON", 400, "urn:parker:bad-request", null)]
    [InlineData("PUT", "/v1/partitions/db", "null", 400, "urn:parker:bad-request", null)]
    [InlineData("PUT", "/v1/partitions/db", "{}", 400, "urn:parker:bad-request", null)]
    [InlineData("PUT", "/v1/partitions/db", """{"name":"other","cpus":"1","memory":"1G","kernel":"/k"}""", 400, "urn:parker:bad-request", null)]
    [InlineData("PUT", "/v1/partitions/Bad!", """{"cpus":"1","memory":"1G","kernel":"/k"}""", 422, "urn:parker:refused", "REQ001")]
    [InlineData("PUT", "/v1/partitions/db", """{"cpus":"1","memory":"1024G","kernel":"/k"}""", 422, "urn:parker:refused", "FIT022")]
    public async Task Problem_has_status_type_and_diagnostics(string method, string path, string? body, int status, string type, string? id)
    {
        (HttpResponseMessage answer, JsonElement problem) = await Send(method, path, body);
        Assert.Equal(status, (int)answer.StatusCode);
        AssertProblem(answer, problem, type);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(id, problem.GetProperty("diagnostics").EnumerateArray().Select(diagnostic => diagnostic.GetProperty("id").GetString()).FirstOrDefault());
    }

    [Fact]
    public async Task Step_that_fails_is_a_problem_of_its_own_type()
    {
        await Send("PUT", "/v1/partitions/db", JsonSerializer.Serialize(TestServer.Request(), ApiJson.Of<PartitionRequest>()));
        _server.Machine.Kernel = FakeKernelBehaviour.NeverStarts;
        (HttpResponseMessage answer, JsonElement problem) = await Send("POST", "/v1/partitions/db/start");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        AssertProblem(answer, problem, "urn:parker:failed");
        Assert.Contains("Everything was given back", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_that_is_too_long_is_refused()
    {
        (HttpResponseMessage answer, JsonElement problem) = await Send("PUT", "/v1/partitions/db", new string(' ', (1 << 20) + 1));
        AssertProblem(answer, problem, "urn:parker:bad-request");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Send("GET", "/v1/partitions")).Answer.StatusCode);
    }

    [Fact]
    public async Task Look_does_not_wait_for_an_operation()
    {
        _server.DefineAndStart();
        _ = _server.Socket;
        using ManualResetEventSlim stopping = new();
        using ManualResetEventSlim go = new();
        _server.Machine.Waited = () =>
        {
            _server.Machine.Waited = null;
            stopping.Set();
            go.Wait(TimeSpan.FromSeconds(20));
        };
        Task<(HttpResponseMessage Answer, JsonElement Json)> stop = Send("POST", "/v1/partitions/db/stop?grace_ms=0");
        Assert.True(stopping.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.Equal("starting", (await Send("GET", "/v1/partitions/db")).Json.GetProperty("state").GetString());
        Assert.False(stop.IsCompleted);
        go.Set();
        Assert.Equal("stopped", (await stop).Json.GetProperty("state").GetString());
    }

    private async Task CallText(string method, string pattern, string path, string mediaType, string part)
    {
        _called.Add($"{method} {pattern}");
        using HttpResponseMessage answer = await _client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(part, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task Call(string method, string pattern, string path, string? body = null)
    {
        _called.Add($"{method} {pattern}");
        (HttpResponseMessage answer, JsonElement json) = await Send(method, path, body);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {json}");
        JsonElement content = _description.GetProperty("paths").GetProperty(pattern).GetProperty(method.ToLowerInvariant()).GetProperty("responses").GetProperty("200").GetProperty("content");
        AssertFits(content, answer, json);
    }

    private void AssertProblem(HttpResponseMessage answer, JsonElement problem, string type)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(type, problem.GetProperty("type").GetString());
        AssertFits(_description.GetProperty("paths").GetProperty("/v1/partitions").GetProperty("get").GetProperty("responses").GetProperty("default").GetProperty("content"), answer, problem);
    }

    private void AssertFits(JsonElement content, HttpResponseMessage answer, JsonElement json)
    {
        JsonElement schema = content.GetProperty(answer.Content.Headers.ContentType!.MediaType!).GetProperty("schema");
        Assert.Empty(new JsonSchemaCheck(_description.GetProperty("components").GetProperty("schemas")).Check(schema, json));
    }

    private async Task<(HttpResponseMessage Answer, JsonElement Json)> Send(string method, string path, string? body = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Headers.ExpectContinue = body.Length > 1 << 20;
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        HttpResponseMessage answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);
    }
}
