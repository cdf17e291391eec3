namespace Parker.Machine.Topology;

/// <summary>The parameters of a kernel command line, in order.</summary>
/// <remarks>
/// Split as the kernel does (lib/cmdline.c, <c>next_arg</c>): at white space outside double quotes; quotes around a value or a whole parameter are dropped;
/// what follows <c>--</c> belongs to init and is not a kernel parameter.
/// </remarks>
public sealed class KernelCommandLine
{
    private readonly (string Name, string? Value)[] _parameters;

    private KernelCommandLine(string text, (string Name, string? Value)[] parameters)
    {
        Text = text;
        _parameters = parameters;
    }

    /// <summary>The whole text without the line end.</summary>
    public string Text { get; }

    /// <summary>Name and value (null for a bare parameter), in order, up to <c>--</c>.</summary>
    public IReadOnlyList<(string Name, string? Value)> Parameters => _parameters;

    /// <summary>Splits <paramref name="text"/>.</summary>
    public static KernelCommandLine Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim('\n', '\0', ' ');
        List<(string, string?)> parameters = [];
        int at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            int start = at;
            bool quoted = false;
            while (at < text.Length && (quoted || !char.IsWhiteSpace(text[at])))
            {
                quoted ^= text[at] == '"';
                at++;
            }

            string word = text[start..at];
            if (word == "--")
            {
                break;
            }

            parameters.Add(SplitWord(word));
        }

        return new KernelCommandLine(text, [.. parameters]);
    }

    /// <summary>Whether the parameter stands there at all. Dashes and underscores in names are the same, as for the kernel.</summary>
    public bool Has(string name) => Array.Exists(_parameters, parameter => SameName(parameter.Name, name));

    /// <summary>The value of the last occurrence; null where the parameter is absent or bare.</summary>
    public string? Last(string name) => Array.FindLast(_parameters, parameter => SameName(parameter.Name, name)).Value;

    /// <summary>The values of all occurrences, in order; a bare one gives an empty text.</summary>
    public IEnumerable<string> All(string name) =>
        _parameters.Where(parameter => SameName(parameter.Name, name)).Select(parameter => parameter.Value ?? "");

    /// <summary>The whole text.</summary>
    public override string ToString() => Text;

    private static (string Name, string? Value) SplitWord(string word)
    {
        if (word.StartsWith('"'))
        {
            word = word.EndsWith('"') && word.Length > 1 ? word[1..^1] : word[1..];
        }

        int equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return (word, null);
        }

        string value = word[(equals + 1)..];
        if (value.StartsWith('"'))
        {
            value = value.EndsWith('"') && value.Length > 1 ? value[1..^1] : value[1..];
        }

        return (word[..equals], value);
    }

    private static bool SameName(string? left, string right) =>
        left is not null && string.Equals(left.Replace('-', '_'), right.Replace('-', '_'), StringComparison.Ordinal);
}
