namespace Parker.Cli;

/// <summary>Ends a verb with a message for the user and an exit code. Thrown by verbs, caught once by <see cref="ParkerProgram"/>.</summary>
internal sealed class CommandFailedException : Exception
{
    /// <summary>A failure.</summary>
    /// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
    /// <param name="message">One or two sentences: what, which, why, what now. It is printed behind <c>parker: </c>.</param>
    public CommandFailedException(int exitCode, string message)
        : base(message) => ExitCode = exitCode;

    /// <summary>The exit code of the program.</summary>
    public int ExitCode { get; }

    /// <summary>This failure behind one that came before it, whose exit code stays; null for none.</summary>
    public CommandFailedException After(CommandFailedException? before) =>
        before is null ? this : new CommandFailedException(before.ExitCode, before.Message + Environment.NewLine + "parker: " + Message);
}
