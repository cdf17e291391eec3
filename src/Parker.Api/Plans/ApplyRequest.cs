namespace Parker.Api.Plans;

/// <summary>A plan that is to be carried out.</summary>
/// <param name="Configuration">The text of the file that it was made from.</param>
/// <param name="File">Its name, for messages.</param>
/// <param name="Hash">The plan's hash.</param>
public sealed record ApplyRequest(string Configuration, string File, string Hash)
{
    /// <summary>Whether kernels that run may be stopped.</summary>
    public bool StopRunning { get; init; }

    /// <summary>How long a kernel may take to shut down before its CPUs are stopped, in milliseconds; 0 does not ask it.</summary>
    public int GraceMs { get; init; } = 60_000;
}
