using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Parker.Api;
using Parker.Daemon.Events;
using Parker.Partition;

namespace Parker.Daemon.Http;

/// <summary>One request, as a handler sees it.</summary>
/// <param name="context">The request.</param>
/// <param name="body">Its body.</param>
/// <param name="hangsUp">Set when the client hangs up, or the daemon ends.</param>
internal sealed class ApiCall(HttpContext context, ReadOnlyMemory<byte> body, CancellationToken hangsUp)
{
    /// <summary>What happened beside what was asked; goes into the answer's headers.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The text for <c>{name}</c> in the address.</summary>
    public string NameText => (string?)context.Request.RouteValues["name"] ?? "";

    /// <summary>The partition of the address.</summary>
    /// <exception cref="BadRequestException">It is no name.</exception>
    public PartitionName Name => PartitionName.TryParse(NameText, out PartitionName name)
        ? name
        : throw new BadRequestException($"'{NameText}' is no partition name: small letters, digits and '-', at most {PartitionName.MaxLength}, beginning with a letter or digit.");

    /// <summary>Set when the client hangs up, or the daemon ends.</summary>
    public CancellationToken HangsUp => hangsUp;

    /// <summary>The process that opened the connection and its user, as the kernel tells them (unix(7), SO_PEERCRED); null where it does not.</summary>
    public Requester? Client
    {
        get
        {
            const int SOL_SOCKET = 1;
            const int SO_PEERCRED = 17;
            Span<byte> credentials = stackalloc byte[12];
            return context.Features.Get<IConnectionSocketFeature>()?.Socket.GetRawSocketOption(SOL_SOCKET, SO_PEERCRED, credentials) == credentials.Length
                && BinaryPrimitives.ReadInt32LittleEndian(credentials) is > 0 and int process
                ? new Requester(BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..]), process)
                : null;
        }
    }

    /// <summary>A header of the request; null where it is not there.</summary>
    public string? Header(string name) => context.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>Whether nothing is to be changed.</summary>
    public bool IsDryRun => Flag(ApiParameter.DryRun);

    /// <summary>A parameter that is <c>true</c>, <c>false</c> or not there.</summary>
    public bool Flag(ApiParameter parameter) => Text(parameter) switch
    {
        null or "false" => false,
        "true" => true,
        string other => throw new BadRequestException($"{parameter.Name} is true or false, not '{other}'."),
    };

    /// <summary>A number; 0 where it is not there.</summary>
    public int Number(ApiParameter parameter) => Text(parameter) switch
    {
        null => 0,
        string text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) => number,
        string other => throw new BadRequestException($"{parameter.Name} is a number, not '{other}'."),
    };

    /// <summary>A time in milliseconds.</summary>
    public TimeSpan Time(ApiParameter parameter, TimeSpan fallback) => Text(parameter) switch
    {
        null => fallback,
        string text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds) => TimeSpan.FromMilliseconds(milliseconds),
        string other => throw new BadRequestException($"{parameter.Name} is a number of milliseconds, not '{other}'."),
    };

    /// <summary>A parameter's text; null where it is not there.</summary>
    public string? Text(ApiParameter parameter) => context.Request.Query.TryGetValue(parameter.Name, out var values) ? values.ToString() : null;

    /// <summary>The document in the body.</summary>
    /// <exception cref="BadRequestException">It cannot be read.</exception>
    public T Body<T>()
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, ApiJson.Of<T>()) ?? throw new BadRequestException("The body is null.");
        }
        catch (JsonException wrong)
        {
            throw new BadRequestException($"The body is no {typeof(T).Name}: {wrong.Message}");
        }
    }
}
