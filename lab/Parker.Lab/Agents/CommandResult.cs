namespace Parker.Lab.Agents;

/// <summary>How a command in a guest ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal's number where a signal ended it; 124 where its time passed.</param>
/// <param name="TimedOut">Whether its time passed and it was killed.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
public sealed record CommandResult(int ExitCode, bool TimedOut, string Output, string Error)
{
    /// <summary>The standard output of a command that must have succeeded.</summary>
    /// <exception cref="LabException">Its exit code is not 0.</exception>
    public string Expect() => ExitCode == 0
        ? Output
        : throw new LabException($"The command in the guest ended with {ExitCode}{(TimedOut ? " (its time passed)" : "")}. Output: {Output.Trim()} Error: {Error.Trim()}");
}
