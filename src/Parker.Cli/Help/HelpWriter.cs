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
        output.WriteLine($"Usage: {CommandText.FullName(command)} {CommandText.Usage(command)}");
        foreach (string paragraph in command is Verb verb ? verb.Details : [])
        {
            output.WriteLine();
            WriteWrapped(paragraph, 0, output);
        }

        WriteSection("Verbs", [.. CommandText.Verbs(command).Select(child => (child.Name, child.Description ?? ""))], output);
        WriteSection("Arguments", [.. CommandText.Arguments(command).Select(argument => (CommandText.NameOf(argument), argument.Description ?? ""))], output);
        WriteSection("Options", [.. CommandText.Options(command).Select(option => (OptionLabel(option), option.Description ?? ""))], output);
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

    private static string OptionLabel(Option option)
    {
        string names = string.Join(", ", CommandText.NamesOf(option));
        return CommandText.ValueOf(option) is string value ? $"{names} {value}" : names;
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
