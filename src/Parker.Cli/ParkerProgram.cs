using System.CommandLine;
using Parker.Cli.Help;

namespace Parker.Cli;

/// <summary>One run of the program, from arguments to exit code.</summary>
internal static class ParkerProgram
{
    /// <summary>Runs <c>parker</c> with <paramref name="args"/>. Throws nothing: whatever goes wrong becomes a message on standard error and an exit code.</summary>
    /// <param name="args">Without the program's name.</param>
    /// <param name="surroundings">Where output goes; written out before this returns.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> args, ProgramSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(surroundings);
        try
        {
            int exitCode = Dispatch(args, surroundings);
            surroundings.Output.Flush();
            return exitCode;
        }
#pragma warning disable CA1031 // The last handler of the program: no exception may reach the user as a stack trace.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Explain(exception, surroundings);
        }
    }

    private static int Dispatch(IReadOnlyList<string> args, ProgramSurroundings surroundings)
    {
        // The version is asked for by scripts, often: it answers before any command is built.
        if (args is ["--version"])
        {
            surroundings.Output.WriteLine(ParkerVersion.Line);
            return ExitCode.Done;
        }

        RootCommand root = CommandTree.Build(surroundings);
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        Command command = parsed.CommandResult.Command;
        if (CommandTree.AsksForHelp(parsed))
        {
            HelpWriter.Write(command, surroundings.Output);
            return ExitCode.Done;
        }

        if (CommandTree.AsksForVersion(parsed) && parsed.Errors.Count == 0)
        {
            surroundings.Output.WriteLine(ParkerVersion.Line);
            return ExitCode.Done;
        }

        if (args.Count == 0)
        {
            HelpWriter.Write(root, surroundings.Error);
            return ExitCode.Usage;
        }

        if (parsed.Errors.Count > 0 || command.Action is null)
        {
            WriteUsageErrors(parsed, surroundings.Error);
            return ExitCode.Usage;
        }

        return parsed.Invoke(new InvocationConfiguration { Output = surroundings.Output, Error = surroundings.Error, EnableDefaultExceptionHandler = false });
    }

    private static void WriteUsageErrors(ParseResult parsed, TextWriter error)
    {
        // An unknown word makes System.CommandLine add that a command is missing; the first message is the one that helps.
        IEnumerable<string> messages = parsed.UnmatchedTokens.Count > 0
            ? parsed.UnmatchedTokens.Select(token => UnknownWord(parsed.CommandResult.Command, token))
            : parsed.Errors.Select(problem => problem.Message).DefaultIfEmpty("Which verb?");
        foreach (string message in messages.Distinct(StringComparer.Ordinal))
        {
            error.WriteLine("parker: " + message);
        }

        error.WriteLine($"Try '{CommandText.FullName(parsed.CommandResult.Command)} --help'.");
    }

    private static string UnknownWord(Command command, string token)
    {
        string kind = token.StartsWith('-') ? "option" : command is RootCommand ? "verb" : "argument";
        IEnumerable<string> known = token.StartsWith('-')
            ? CommandText.Options(command).SelectMany(CommandText.NamesOf)
            : CommandText.Verbs(command).Select(verb => verb.Name);
        string? nearest = NearestWord.Find(token, known);
        return $"There is no {kind} '{token}'{(command is RootCommand ? "" : $" of '{command.Name}'")}.{(nearest is null ? "" : $" Did you mean '{nearest}'?")}";
    }

    private static int Explain(Exception exception, ProgramSurroundings surroundings)
    {
        (int exitCode, string message) = exception switch
        {
            CommandFailedException failed => (failed.ExitCode, failed.Message),
            UnauthorizedAccessException denied => (ExitCode.NoAccess, denied.Message),
            IOException failed => (ExitCode.Failed, failed.Message),
            OperationCanceledException => (ExitCode.Failed, "Interrupted."),
            _ => (ExitCode.Failed, $"This is a bug of Parker ({ParkerVersion.Number}), not of what you did: {exception.GetType().Name}: {exception.Message} "
                + "Please report it with the command line and the lines below." + Environment.NewLine + exception.StackTrace),
        };
        try
        {
            // What was written before the failure comes first, as it would without buffering.
            surroundings.Output.Flush();
        }
        catch (IOException)
        {
            // Standard output itself is what failed; the message below says so.
        }

        try
        {
            surroundings.Error.WriteLine("parker: " + message);
        }
        catch (IOException)
        {
            // Standard error is closed: nobody is left to tell.
        }

        return exitCode;
    }
}
