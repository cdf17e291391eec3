using System.CommandLine;

namespace Parker.Cli.Help;

/// <summary>What a command is called and what it takes, as help, manual pages and completion say it.</summary>
internal static class CommandText
{
    /// <summary>The command as typed: <c>parker</c> and the names of its parents and its own.</summary>
    public static string FullName(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        // The root's own name is that of the executable file, which a user may have renamed.
        return command is RootCommand
            ? "parker"
            : string.Join(' ', command.Parents.OfType<Command>().Select(FullName).Append(command.Name));
    }

    /// <summary>The verbs below a command.</summary>
    public static IEnumerable<Command> Verbs(Command command) => command.Subcommands.Where(child => !child.Hidden);

    /// <summary>What stands after a verb without a dash before it.</summary>
    public static IEnumerable<Argument> Arguments(Command command) => command.Arguments.Where(argument => !argument.Hidden);

    /// <summary>The options of a command, with those that every verb has.</summary>
    public static IEnumerable<Option> Options(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive))).Where(option => !option.Hidden);

    /// <summary>All that may be typed after a command, a word for each place, such as <c>NAME... [OPTION...]</c>.</summary>
    public static string Usage(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        IEnumerable<string> words = command.Subcommands.Count > 0 ? ["VERB"] : [];
        words = words.Concat(Arguments(command).Select(argument =>
        {
            string name = NameOf(argument) + (TakesMany(argument) ? "..." : "");
            return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
        }));
        return string.Join(' ', words.Append("[OPTION...]"));
    }

    /// <summary>What stands for the argument, such as <c>NAME</c>.</summary>
    public static string NameOf(Argument argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        return argument.HelpName ?? argument.Name.ToUpperInvariant();
    }

    /// <summary>Whether the argument may be given several times.</summary>
    public static bool TakesMany(Argument argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        return argument.Arity.MaximumNumberOfValues > 1;
    }

    /// <summary>The names of an option, the short one first.</summary>
    public static IReadOnlyList<string> NamesOf(Option option)
    {
        ArgumentNullException.ThrowIfNull(option);
        return [.. option.Aliases.Append(option.Name).OrderBy(name => name.Length)];
    }

    /// <summary>What stands for the value of an option; null where it takes none.</summary>
    public static string? ValueOf(Option option)
    {
        ArgumentNullException.ThrowIfNull(option);
        bool takesValue = option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);
        return takesValue ? option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant() : null;
    }
}
