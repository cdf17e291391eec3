using System.CommandLine;
using Parker.Cli.Verbs;

namespace Parker.Cli.Help;

/// <summary>Writes the help text of a command from its definition.</summary>
internal static class HelpWriter
{
    private const int Width = 100;
    private const int LargestLeftColumn = 30;

    /// <summary>Writes the help of <paramref name="command"/>, lines of at most 100 columns.</summary>
    public static void Write(Command command, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(output);
        WriteWrapped(command.Description ?? "", 0, output);
        output.WriteLine();
        output.WriteLine("Usage: " + Usage(command));
        foreach (string paragraph in command is Verb verb ? verb.Details : [])
        {
            output.WriteLine();
            WriteWrapped(paragraph, 0, output);
        }

        WriteSection("Verbs", [.. command.Subcommands.Where(child => !child.Hidden).Select(child => (child.Name, child.Description ?? ""))], output);
        WriteSection("Arguments", [.. command.Arguments.Where(argument => !argument.Hidden).Select(argument => (ArgumentName(argument), argument.Description ?? ""))], output);
        WriteSection("Options", [.. VisibleOptions(command).Select(option => (OptionLabel(option), option.Description ?? ""))], output);
        if (command is Verb { Examples.Count: > 0 } shown)
        {
            output.WriteLine();
            output.WriteLine("Examples:");
            foreach ((string commandLine, string effect) in shown.Examples)
            {
                output.WriteLine("  " + commandLine);
                WriteWrapped(effect, 6, output);
            }
        }

        if (command is RootCommand)
        {
            output.WriteLine();
            output.WriteLine("'parker VERB --help' explains a verb.");
        }
    }

    /// <summary>The command as typed: <c>parker</c> and the names of its parents and its own.</summary>
    public static string FullName(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        // The root's own name is that of the executable file, which a user may have renamed.
        return command is RootCommand
            ? "parker"
            : string.Join(' ', command.Parents.OfType<Command>().Select(FullName).Append(command.Name));
    }

    private static string Usage(Command command)
    {
        IEnumerable<string> words = [FullName(command)];
        if (command.Subcommands.Count > 0)
        {
            words = words.Append("VERB");
        }

        words = words.Concat(command.Arguments.Where(argument => !argument.Hidden).Select(argument =>
        {
            string name = ArgumentName(argument) + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");
            return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
        }));
        return string.Join(' ', words.Append("[OPTION...]"));
    }

    private static IEnumerable<Option> VisibleOptions(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive))).Where(option => !option.Hidden);

    private static string ArgumentName(Argument argument) => argument.HelpName ?? argument.Name.ToUpperInvariant();

    private static string OptionLabel(Option option)
    {
        string names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(name => name.Length));
        bool takesValue = option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);
        return takesValue ? $"{names} {option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant()}" : names;
    }

    private static void WriteSection(string title, IReadOnlyList<(string Left, string Right)> rows, TextWriter output)
    {
        if (rows.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(title + ":");
        int left = Math.Min(LargestLeftColumn, rows.Max(row => row.Left.Length));
        foreach ((string label, string text) in rows)
        {
            if (label.Length > left)
            {
                output.WriteLine("  " + label);
                WriteWrapped(text, left + 4, output);
            }
            else
            {
                output.Write("  " + label.PadRight(left + 2));
                WriteWrapped(text, left + 4, output, startsAtIndent: true);
            }
        }
    }

    private static void WriteWrapped(string text, int indent, TextWriter output, bool startsAtIndent = false)
    {
        int column = startsAtIndent ? indent : 0;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > indent && column + 1 + word.Length > Width)
            {
                output.WriteLine();
                column = 0;
            }

            string gap = column == 0 ? new string(' ', indent) : column > indent ? " " : "";
            output.Write(gap + word);
            column += gap.Length + word.Length;
        }

        output.WriteLine();
    }
}
