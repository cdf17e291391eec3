using System.CommandLine;
using Parker.Api.Client;
using Parker.Cli.Help;
using Parker.Cli.Verbs;
using Parker.Planning.Configuration;

namespace Parker.Package.Manuals;

/// <summary>The pages of the program and of its verbs, from the definitions that <c>--help</c> is made of.</summary>
internal static class CommandManual
{
    private const int Commands = 1;
    private const int Files = 5;

    /// <summary>The page of the program.</summary>
    public static string OfProgram(RootCommand root, DateOnly date)
    {
        ManualPage page = new("parker", Commands, date, ManualPage.Summary(root.Description!));
        page.Section("SYNOPSIS");
        page.Typed("parker", CommandText.Usage(root));
        page.Section("DESCRIPTION");
        page.Paragraph(root.Description!);
        page.Section("VERBS");
        foreach (Command verb in CommandText.Verbs(root))
        {
            page.Term(verb.Name, "", verb.Description!);
        }

        Options(root, page);
        ExitStatus(page);
        page.Section("ENVIRONMENT");
        page.Term("PARKER_SOCKET", "", $"The daemon's socket; {ParkerClient.DefaultSocketPath} where it is not set.");
        page.Term("NO_COLOR", "", "Any value but an empty one keeps colour out of listings.");
        page.Section("FILES");
        page.Term(ParkerConfiguration.DefaultPath, "", "Which partitions this machine is to have.");
        page.Term(ParkerClient.DefaultSocketPath, "", "Where the daemon listens. Members of the group parker may use it, and are as good as root.");
        page.SeeAlso([.. CommandText.Verbs(root).Select(verb => (PageOf(verb), Commands)), ("parker.toml", Files)]);
        return page.ToString();
    }

    /// <summary>The page of a verb.</summary>
    public static string OfVerb(Command verb, DateOnly date)
    {
        ArgumentNullException.ThrowIfNull(verb);
        ManualPage page = new(PageOf(verb), Commands, date, ManualPage.Summary(verb.Description!));
        page.Section("SYNOPSIS");
        page.Typed(CommandText.FullName(verb), CommandText.Usage(verb));
        page.Section("DESCRIPTION");
        page.Paragraph(verb.Description!);
        foreach (string paragraph in verb is Verb known ? known.Details : [])
        {
            page.Paragraph(paragraph);
        }

        if (CommandText.Arguments(verb).Any())
        {
            page.Section("ARGUMENTS");
            foreach (Argument argument in CommandText.Arguments(verb))
            {
                page.Term("", CommandText.NameOf(argument), argument.Description!);
            }
        }

        Options(verb, page);
        if (verb is Verb { Examples.Count: > 0 } shown)
        {
            page.Section("EXAMPLES");
            foreach ((string commandLine, string effect) in shown.Examples)
            {
                page.Term(commandLine, "", effect);
            }
        }

        ExitStatus(page);
        page.SeeAlso([("parker", Commands), ("parker.toml", Files)]);
        return page.ToString();
    }

    private static string PageOf(Command verb) => "parker-" + verb.Name;

    private static void Options(Command command, ManualPage page)
    {
        page.Section("OPTIONS");
        foreach (Option option in CommandText.Options(command))
        {
            page.Term(string.Join(", ", CommandText.NamesOf(option)), CommandText.ValueOf(option) ?? "", option.Description!);
        }
    }

    private static void ExitStatus(ManualPage page)
    {
        page.Section("EXIT STATUS");
        page.Term("0", "", "Done.");
        page.Term("1", "", "Tried and failed: the machine is as before, or the message says what is not.");
        page.Term("2", "", "Wrong usage: the command line could not be understood.");
        page.Term("3", "", "Refused by validation: nothing was tried.");
        page.Term("4", "", "No daemon, or no permission.");
    }
}
