using System.CommandLine;
using System.Text;
using Parker.Cli.Help;

namespace Parker.Package.Completion;

/// <summary>Completion for fish.</summary>
internal static class FishCompletion
{
    /// <summary>The script.</summary>
    public static string Of(RootCommand root)
    {
        StringBuilder script = new();
        script.Append("# Completion of parker for fish, made from the definitions of its verbs.\n\ncomplete -c parker -f\n");
        foreach (Option option in CommandText.Options(root))
        {
            script.Append($"complete -c parker -n __fish_use_subcommand{OptionWords(option)}\n");
        }

        foreach (Command verb in CommandText.Verbs(root))
        {
            script.Append($"complete -c parker -n __fish_use_subcommand -a {verb.Name} -d {Quote(verb.Description!)}\n");
            string after = $"complete -c parker -n '__fish_seen_subcommand_from {verb.Name}'";
            foreach (Argument argument in CommandText.Arguments(verb))
            {
                script.Append($"{after} {Offer(CompletedValue.Of(argument, verb))}\n");
            }

            foreach (Option option in CommandText.Options(verb))
            {
                script.Append($"{after}{OptionWords(option)}\n");
            }
        }

        return script.ToString();
    }

    private static string OptionWords(Option option)
    {
        string names = string.Concat(CommandText.NamesOf(option).Select(name => name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}"));
        string value = CompletedValue.Of(option) is CompletedValue offered ? $" -r {Offer(offered)}" : "";
        return $"{names}{value} -d {Quote(option.Description!)}";
    }

    private static string Offer(CompletedValue value) => value.Kind switch
    {
        CompletedKind.Words => $"-f -a {Quote(string.Join(' ', value.Words))}",
        CompletedKind.Partitions => $"-f -a {Quote($"({CompletedValue.ListPartitions})")}",
        CompletedKind.Files => "-F",
        CompletedKind.Folders => "-f -a '(__fish_complete_directories)'",
        _ => "-f",
    };

    private static string Quote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
