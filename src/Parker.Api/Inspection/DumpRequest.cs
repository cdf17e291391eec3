namespace Parker.Api.Inspection;

/// <summary>Where a dump goes: to a file that the daemon makes, or to one that the client has open.</summary>
public sealed record DumpRequest
{
    /// <summary>A path of the server, beginning with <c>/</c>, of a file that is not there yet: only root can read it. Null where a descriptor is given.</summary>
    public string? Path { get; init; }

    /// <summary>The client's descriptor of an empty file that it has open to write: so the file is the client's, made with the client's rights. Null where a path is given.</summary>
    public int? Descriptor { get; init; }

    /// <summary>Whether it is compressed with zstd.</summary>
    public bool Zstd { get; init; }
}
