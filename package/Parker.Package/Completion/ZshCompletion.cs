using System.CommandLine;
using System.Text;
using Parker.Cli.Help;

namespace Parker.Package.Completion;

/// <summary>Completion for zsh.</summary>
internal static class ZshCompletion
{
    /// <summary>The script.</summary>
    public static string Of(RootCommand root)
    {
        StringBuilder script = new();
        script.Append(
            $$"""
            #compdef parker
            # Completion of parker for zsh, made from the definitions of its verbs.

            _parker_partitions() {
                local -a names
                names=(${(f)"$({{CompletedValue.ListPartitions}})"})
                compadd -a names
            }

            _parker() {
                local context state line
                local -a verbs
                _arguments -C {{string.Join(' ', CommandText.Options(root).Select(OptionWord))}} '1:verb:->verb' '*::argument:->rest'
                case $state in
                verb)
                    verbs=(

            """);
        foreach (Command verb in CommandText.Verbs(root))
        {
            script.Append($"            {Quote($"{verb.Name}:{Plain(verb.Description!)}")}\n");
        }

        script.Append("        )\n        _describe verb verbs\n        ;;\n    rest)\n        case $words[1] in\n");
        foreach (Command verb in CommandText.Verbs(root))
        {
            IEnumerable<string> words = CommandText.Options(verb).Select(OptionWord)
                .Concat(CommandText.Arguments(verb).Select(argument => Quote($"{(CommandText.TakesMany(argument) ? "*" : "")}:{CommandText.NameOf(argument)}:{Action(CompletedValue.Of(argument, verb))}")));
            script.Append($"        {verb.Name}) _arguments {string.Join(' ', words)} ;;\n");
        }

        script.Append("        esac\n        ;;\n    esac\n}\n\n_parker \"$@\"\n");
        return script.ToString();
    }

    private static string OptionWord(Option option)
    {
        IReadOnlyList<string> names = CommandText.NamesOf(option);
        bool isRepeatable = option.ValueType.IsArray;
        string value = CompletedValue.Of(option) is CompletedValue offered ? $":{Plain(CommandText.ValueOf(option)!)}:{Action(offered)}" : "";
        string meaning = Quote($"[{Plain(option.Description!)}]{value}");
        string excluded = isRepeatable ? Quote("*") : Quote($"({string.Join(' ', names)})");
        return excluded + (names.Count == 1 ? names[0] : $"{{{string.Join(',', names)}}}") + meaning;
    }

    private static string Action(CompletedValue value) => value.Kind switch
    {
        CompletedKind.Words => $"({string.Join(' ', value.Words)})",
        CompletedKind.Partitions => "_parker_partitions",
        CompletedKind.Files => "_files",
        CompletedKind.Folders => "_files -/",
        _ => " ",
    };

    // Colons and brackets end what a word of _arguments says.
    private static string Plain(string text) => text.Replace(":", "\\:", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
