using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parker.Api.Events;
using Parker.Api.Inspection;
using Parker.Api.Partitions;
using Parker.Api.Plans;
using Parker.Api.Problems;
using Parker.Partition;

namespace Parker.Api.Client;

/// <summary>Speaks with the daemon over its unix socket.</summary>
/// <remarks>
/// A connection for each request, with no more than a socket under it: a whole <c>parker list</c> takes a few milliseconds. Calls throw <see cref="ProblemException"/> for what the daemon
/// refuses or fails, <see cref="DaemonUnreachableException"/> where there is none to speak to, and <see cref="IOException"/> where it dies before it has answered.
/// </remarks>
/// <param name="socketPath">The socket.</param>
public sealed class ParkerClient(string socketPath)
{
    private readonly List<string> _notes = [];

    /// <summary>Where the socket is unless asked otherwise.</summary>
    public static string DefaultSocketPath => "/run/parker/parker.sock";

    /// <summary>The header of an answer that has a sentence, as a JSON string, about what happened beside what was asked.</summary>
    public static string NoteHeader => "Parker-Note";

    /// <summary>Whether nobody listens on a socket that is there: its daemon has ended.</summary>
    public static bool IsRefused(string socketPath)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(socketPath));
            return false;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }

    /// <summary>What happened beside what was asked so far, such as warnings; a sentence each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Defines a partition.</summary>
    public PartitionDocument Create(PartitionRequest request) => Put<PartitionDocument>(request, dryRun: false);

    /// <summary>What <see cref="Create"/> would define.</summary>
    public PartitionDocument PreviewCreate(PartitionRequest request) => Put<PartitionDocument>(request, dryRun: true);

    /// <summary>Claims, loads and starts a partition.</summary>
    public StartDocument Start(PartitionName name) => Send<StartDocument>("POST", $"/v1/partitions/{name}/start");

    /// <summary>What <see cref="Start"/> would do.</summary>
    public PreviewDocument PreviewStart(PartitionName name) => Send<PreviewDocument>("POST", $"/v1/partitions/{name}/start?dry_run=true");

    /// <summary>Waits while a partition is starting.</summary>
    public PartitionDocument Await(PartitionName name, string what, TimeSpan timeout) => Send<PartitionDocument>("GET", $"/v1/partitions/{name}?await={what}&timeout_ms={Milliseconds(timeout)}");

    /// <summary>Stops a partition.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="grace">How long its kernel may take to shut down; zero not to ask.</param>
    public PartitionDocument Stop(PartitionName name, TimeSpan grace) => Send<PartitionDocument>("POST", $"/v1/partitions/{name}/stop?grace_ms={Milliseconds(grace)}");

    /// <summary>What <see cref="Stop"/> would do.</summary>
    public PreviewDocument PreviewStop(PartitionName name, TimeSpan grace) => Send<PreviewDocument>("POST", $"/v1/partitions/{name}/stop?grace_ms={Milliseconds(grace)}&dry_run=true");

    /// <summary>Stops a partition where it runs, and starts it.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="grace">How long its kernel may take to shut down; zero not to ask.</param>
    public StartDocument Restart(PartitionName name, TimeSpan grace) => Send<StartDocument>("POST", $"/v1/partitions/{name}/restart?grace_ms={Milliseconds(grace)}");

    /// <summary>What <see cref="Restart"/> would do.</summary>
    public PreviewDocument PreviewRestart(PartitionName name, TimeSpan grace) => Send<PreviewDocument>("POST", $"/v1/partitions/{name}/restart?grace_ms={Milliseconds(grace)}&dry_run=true");

    /// <summary>Sends an NMI to a partition's first CPU.</summary>
    public NmiDocument SendNmi(PartitionName name) => Send<NmiDocument>("POST", $"/v1/partitions/{name}/nmi");

    /// <summary>Gives a partition other CPUs.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="request">What it shall have.</param>
    /// <param name="timeout">How long its kernel may take to answer.</param>
    public SetDocument Set(PartitionName name, SetRequest request, TimeSpan timeout) => Post<SetRequest, SetDocument>($"/v1/partitions/{name}/set?timeout_ms={Milliseconds(timeout)}", request);

    /// <summary>What <see cref="Set"/> would do.</summary>
    public PreviewDocument PreviewSet(PartitionName name, SetRequest request, TimeSpan timeout) =>
        Post<SetRequest, PreviewDocument>($"/v1/partitions/{name}/set?timeout_ms={Milliseconds(timeout)}&dry_run=true", request);

    /// <summary>Gives everything back and forgets a partition.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="evenIfRunning">Whether to stop it by force where it runs.</param>
    public PartitionDocument Destroy(PartitionName name, bool evenIfRunning) => Send<PartitionDocument>("DELETE", $"/v1/partitions/{name}{(evenIfRunning ? "?now=true" : "")}");

    /// <summary>What <see cref="Destroy"/> would do.</summary>
    public PreviewDocument PreviewDestroy(PartitionName name, bool evenIfRunning) => Send<PreviewDocument>("DELETE", $"/v1/partitions/{name}?dry_run=true{(evenIfRunning ? "&now=true" : "")}");

    /// <summary>All partitions.</summary>
    public PartitionListDocument List() => Send<PartitionListDocument>("GET", "/v1/partitions");

    /// <summary>One partition.</summary>
    public PartitionDocument Status(PartitionName name) => Send<PartitionDocument>("GET", $"/v1/partitions/{name}");

    /// <summary>The plan of a partition, in the JSON of the journal.</summary>
    public string Plan(PartitionName name) => Encoding.UTF8.GetString(Send("GET", $"/v1/partitions/{name}/plan", null));

    /// <summary>The log of a partition's kernel.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="boot">0 for the boot in memory, -1 for the last one that is over, and so on.</param>
    public LogDocument Log(PartitionName name, int boot = 0) =>
        Send<LogDocument>("GET", string.Create(CultureInfo.InvariantCulture, $"/v1/partitions/{name}/log{(boot == 0 ? "" : $"?boot={boot}")}"));

    /// <summary>What came in the log since an earlier answer.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="after">The position of that answer.</param>
    /// <param name="wait">How long to wait for a record.</param>
    public LogDocument Log(PartitionName name, string after, TimeSpan wait) =>
        Send<LogDocument>("GET", $"/v1/partitions/{name}/log?after={Uri.EscapeDataString(after)}&wait_ms={Milliseconds(wait)}");

    /// <summary>The threads of a partition's kernel.</summary>
    public ThreadListDocument Threads(PartitionName name) => Send<ThreadListDocument>("GET", $"/v1/partitions/{name}/threads");

    /// <summary>How busy and how full a partition's kernel is.</summary>
    public UsageDocument Usage(PartitionName name) => Send<UsageDocument>("GET", $"/v1/partitions/{name}/usage");

    /// <summary>What happened to all partitions, each as it comes.</summary>
    /// <param name="after">The id of an event: only those after it; 0 for all that are kept.</param>
    /// <param name="follow">Whether to go on with what happens from now on, until the daemon ends.</param>
    public IEnumerable<EventDocument> Events(long after, bool follow)
    {
        using Stream stream = Connect();
        stream.Write(Encoding.ASCII.GetBytes(Head("GET", string.Create(CultureInfo.InvariantCulture, $"/v1/events?after={after}&follow={(follow ? "true" : "false")}"), null)));
        HttpReply reply = HttpReply.Read(stream);
        if (reply.Status is < 200 or >= 300)
        {
            throw new ProblemException(Read(reply.ReadBody(), ApiJson.Of<ProblemDocument>()));
        }

        foreach (byte[] line in Lines(reply).Where(line => line.AsSpan().StartsWith(DataField)))
        {
            yield return Read(line[DataField.Length..], ApiJson.Of<EventDocument>());
        }
    }

    /// <summary>Writes a partition's memory to a file.</summary>
    public DumpDocument Dump(PartitionName name, DumpRequest request) =>
        Post<DumpRequest, DumpDocument>($"/v1/partitions/{name}/dump", request);

    /// <summary>What a configuration changes.</summary>
    public PlanDocument PlanConfiguration(PlanRequest request) => Post<PlanRequest, PlanDocument>("/v1/plan", request);

    /// <summary>Carries out a plan.</summary>
    public ApplyDocument Apply(ApplyRequest request) => Post<ApplyRequest, ApplyDocument>("/v1/apply", request);

    /// <summary>What <see cref="Apply"/> would do.</summary>
    public ApplyDocument PreviewApply(ApplyRequest request) => Post<ApplyRequest, ApplyDocument>("/v1/apply?dry_run=true", request);

    private static ReadOnlySpan<byte> DataField => "data: "u8;

    private static IEnumerable<byte[]> Lines(HttpReply reply)
    {
        List<byte> line = [];
        foreach (ReadOnlyMemory<byte> part in reply.ReadParts())
        {
            for (int at = 0; at < part.Length; at++)
            {
                if (part.Span[at] == (byte)'\n')
                {
                    yield return [.. line];
                    line.Clear();
                }
                else
                {
                    line.Add(part.Span[at]);
                }
            }
        }
    }

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    private T Put<T>(PartitionRequest request, bool dryRun)
    {
        ArgumentNullException.ThrowIfNull(request);
        string path = $"/v1/partitions/{Uri.EscapeDataString(request.Name)}{(dryRun ? "?dry_run=true" : "")}";
        return Read(Send("PUT", path, JsonSerializer.SerializeToUtf8Bytes(request, ApiJson.Of<PartitionRequest>())), ApiJson.Of<T>());
    }

    private TAnswer Post<TRequest, TAnswer>(string path, TRequest request) =>
        Read(Send("POST", path, JsonSerializer.SerializeToUtf8Bytes(request, ApiJson.Of<TRequest>())), ApiJson.Of<TAnswer>());

    private T Send<T>(string method, string path) => Read(Send(method, path, null), ApiJson.Of<T>());

    private byte[] Send(string method, string path, byte[]? body)
    {
        using Stream stream = Connect();
        stream.Write([.. Encoding.ASCII.GetBytes(Head(method, path, body)), .. body ?? []]);
        HttpReply reply = HttpReply.Read(stream);
        byte[] answer = reply.ReadBody();
        _notes.AddRange(reply.Header(NoteHeader).Select(note => JsonSerializer.Deserialize(note, ApiJson.Of<string>())!));
        return reply.Status is >= 200 and < 300 ? answer : throw new ProblemException(Read(answer, ApiJson.Of<ProblemDocument>()));
    }

    private static string Head(string method, string path, byte[]? body)
    {
        string length = body is not null || method != "GET" ? string.Create(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {body?.Length ?? 0}\r\n") : "";
        return $"{method} {path} HTTP/1.1\r\nHost: parker\r\nConnection: close\r\n{length}\r\n";
    }

    private static T Read<T>(byte[] json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new IOException("The daemon answered with nothing.");
        }
        catch (JsonException damaged)
        {
            throw new IOException($"The daemon's answer cannot be read: {damaged.Message}", damaged);
        }
    }

    private NetworkStream Connect()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(socketPath));
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw new DaemonUnreachableException(
                failure.SocketErrorCode == SocketError.AccessDenied
                    ? $"This user may not speak to Parker's daemon on {socketPath}: that is for root and the group 'parker'. Run this with sudo."
                    : $"No daemon answers on {socketPath} ({failure.Message}). Start it with 'systemctl start parker' where it is installed, else with 'parker daemon' as root.",
                failure);
        }
    }
}
