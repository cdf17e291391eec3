namespace Parker.Partition;

/// <summary>Restart policies as people write them.</summary>
public static class RestartPolicyText
{
    private static readonly (string Word, RestartPolicy Policy)[] Words =
    [
        ("never", RestartPolicy.Never),
        ("on-failure", RestartPolicy.OnFailure),
        ("always", RestartPolicy.Always),
    ];

    /// <summary>All words.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Words.Select(word => word.Word)];

    /// <summary>The word for a policy.</summary>
    public static string Of(RestartPolicy policy) => Words.First(word => word.Policy == policy).Word;

    /// <summary>The policy that a word stands for; null for none.</summary>
    public static RestartPolicy? TryRead(string word) => Words.Where(one => one.Word == word).Select(one => (RestartPolicy?)one.Policy).FirstOrDefault();
}
