namespace Parker.Cli.Tests;

/// <summary>One run of the program within the test's process.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs <c>parker</c> with these arguments where no daemon runs.</summary>
    public static ProgramRun Of(params string[] args) => On("/nonexistent/parker.sock", args);

    /// <summary>Runs <c>parker</c> with these arguments beside a daemon.</summary>
    /// <param name="socket">The daemon's socket.</param>
    /// <param name="args">The arguments.</param>
    public static ProgramRun On(string socket, params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        using ProgramSurroundings surroundings = new() { Output = output, Error = error, UseColour = false, SocketPath = socket, IsPrivileged = false };
        int exitCode = ParkerProgram.Run(args, surroundings);
        return new ProgramRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>That the run ended so, printed nothing to standard output, and gave one message with these parts.</summary>
    public void AssertFailed(int exitCode, params string[] parts)
    {
        Assert.Equal(exitCode, ExitCode);
        Assert.Empty(Output);
        Assert.StartsWith("parker: ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bug of Parker", Error, StringComparison.Ordinal);
        foreach (string part in parts)
        {
            Assert.Contains(part, Error, StringComparison.Ordinal);
        }
    }
}
