using Parker.Cli.Partitions;

namespace Parker.Cli.Tests;

/// <summary>One run of the program within the test's process.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs <c>parker</c> with these arguments.</summary>
    public static ProgramRun Of(params string[] args) => On(() => throw new InvalidOperationException("This test has no machine."), args);

    /// <summary>Runs <c>parker</c> on a machine with these arguments.</summary>
    public static ProgramRun On(Func<PartitionAccess> openPartitions, params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        using ProgramSurroundings surroundings = new() { Output = output, Error = error, UseColour = false, OpenPartitions = openPartitions };
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
