namespace Parker.Daemon.Http;

/// <summary>One thing that the API can do. The endpoints and the OpenAPI document are both made from these.</summary>
/// <param name="Method">The method.</param>
/// <param name="Pattern">The address, with <c>{name}</c> for a partition's name.</param>
/// <param name="Id">The operation's id.</param>
/// <param name="Summary">A sentence.</param>
/// <param name="Answer">What it answers.</param>
internal sealed record ApiRoute(string Method, string Pattern, string Id, string Summary, ApiBody Answer)
{
    /// <summary>The body that it takes; null for none.</summary>
    public ApiBody? Request { get; init; }

    /// <summary>What it answers instead with <c>dry_run=true</c>; null where that is the same.</summary>
    public ApiBody? Preview { get; init; }

    /// <summary>The parameters of the query.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>Does it, where it answers as a whole. Throws what <see cref="Problems"/> explains.</summary>
    public Func<ApiCall, ReadOnlyMemory<byte>>? Handle { get; init; }

    /// <summary>Does it, where it answers bit by bit.</summary>
    public Func<ApiCall, IAsyncEnumerable<ReadOnlyMemory<byte>>>? Stream { get; init; }

    /// <summary>Whether it reads so much that others should not wait for its thread.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Whether it may take long, and so gets a thread of its own.</summary>
    public bool MayTakeLong => IsSlow || Method != "GET" || Parameters.Contains(ApiParameter.Await) || Parameters.Contains(ApiParameter.WaitMs);
}
