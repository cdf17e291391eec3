using System.CommandLine;
using System.Text;
using Parker.Cli.Help;

namespace Parker.Package.Completion;

/// <summary>Completion for bash.</summary>
internal static class BashCompletion
{
    /// <summary>The script: a table of verbs, each with its options, those of them that take a value, and what its arguments are; and a function that reads it.</summary>
    public static string Of(RootCommand root)
    {
        StringBuilder script = new();
        script.Append(
            $$"""
            # Completion of parker for bash, made from the definitions of its verbs.

            _parker_offer() {
                local reply
                case $1 in
                    partitions) mapfile -t reply < <(compgen -W "$({{CompletedValue.ListPartitions}})" -- "$2") ;;
                    files) compopt -o filenames 2>/dev/null; mapfile -t reply < <(compgen -f -- "$2") ;;
                    folders) compopt -o filenames 2>/dev/null; mapfile -t reply < <(compgen -d -- "$2") ;;
                    nothing) return ;;
                    *) mapfile -t reply < <(compgen -W "${1//|/ }" -- "$2") ;;
                esac
                COMPREPLY=("${reply[@]}")
            }

            _parker() {
                local word=${COMP_WORDS[COMP_CWORD]} verb= place=0 i
                COMPREPLY=()
                local -A values=()
                local arguments=() options='{{Names(root)}}'
                for ((i = 1; i < COMP_CWORD; i++)); do
                    if [[ -n ${values[${COMP_WORDS[i]}]-} ]]; then
                        # The option's value comes next; where that is the word to complete, it is offered below.
                        ((++i))
                    elif [[ ${COMP_WORDS[i]} == -* ]]; then
                        :
                    elif [[ -n $verb ]]; then
                        ((++place))
                    else
                        verb=${COMP_WORDS[i]}
                        case $verb in

            """);
        foreach (Command verb in CommandText.Verbs(root))
        {
            Option[] valued = [.. CommandText.Options(verb).Where(option => CompletedValue.Of(option) is not null)];
            script.Append($"                {verb.Name})\n                    options='{Names(verb)}'\n");
            if (valued.Length > 0)
            {
                script.Append($"                    values=({string.Join(' ', valued.SelectMany(option => CommandText.NamesOf(option).Select(name => $"[{name}]='{Word(CompletedValue.Of(option)!)}'")))})\n");
            }

            script.Append($"                    arguments=({string.Join(' ', CommandText.Arguments(verb).Select(argument => Word(CompletedValue.Of(argument, verb)) + (CommandText.TakesMany(argument) ? " more" : "")))})\n");
            script.Append("                    ;;\n");
        }

        script.Append(
            $$"""
                            *) return ;;
                        esac
                    fi
                done
                local before=${COMP_WORDS[COMP_CWORD - 1]}
                if [[ -n $verb && -n ${values[$before]-} ]]; then
                    _parker_offer "${values[$before]}" "$word"
                elif [[ $word == -* ]]; then
                    _parker_offer "$options" "$word"
                elif [[ -z $verb ]]; then
                    _parker_offer '{{string.Join(' ', CommandText.Verbs(root).Select(verb => verb.Name))}}' "$word"
                else
                    ((${#arguments[@]} > 1 && place > 0)) && [[ ${arguments[-1]} == more ]] && place=$((${#arguments[@]} - 2))
                    _parker_offer "${arguments[place]:-nothing}" "$word"
                fi
            }

            complete -F _parker parker

            """);
        return script.ToString();
    }

    private static string Names(Command command) => string.Join(' ', CommandText.Options(command).SelectMany(CommandText.NamesOf));

    private static string Word(CompletedValue value) => value.Kind switch
    {
        CompletedKind.Words => string.Join('|', value.Words),
        _ => value.Kind.ToString().ToLowerInvariant(),
    };
}
