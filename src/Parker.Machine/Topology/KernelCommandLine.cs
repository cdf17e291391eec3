namespace Parker.Machine.Topology;

/// <summary>The parameters of a kernel command line, in order.</summary>
/// <remarks>
/// Split as the kernel does (lib/cmdline.c, <c>next_arg</c>): at white space outside double quotes; quotes around a value or a whole parameter are dropped; a name has at least one letter, so <c>=x</c> is a bare parameter;
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
            if (IsSpace(text[at]))
            {
                at++;
                continue;
            }

            int start = at;
            bool quoted = false;
            while (at < text.Length && (quoted || !IsSpace(text[at])))
            {
                quoted ^= text[at] == '"';
                at++;
            }

            (string Name, string? Value) parameter = SplitWord(text[start..at]);
            if (parameter is ("--", null))
            {
                break;
            }

            parameters.Add(parameter);
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
        // One quote at the end is dropped, whether it closes the value or the whole word.
        bool wholeQuoted = word.StartsWith('"');
        word = wholeQuoted ? word[1..] : word;
        int equals = word.Length > 1 ? word.IndexOf('=', 1) : -1;
        string name = equals < 0 ? word : word[..equals];
        string? value = equals < 0 ? null : word[(equals + 1)..];
        bool valueQuoted = value is not null && value.StartsWith('"');
        value = valueQuoted ? value![1..] : value;
        if (wholeQuoted || valueQuoted)
        {
            name = value is null ? DropClosingQuote(name) : name;
            value = value is null ? null : DropClosingQuote(value);
        }

        return (name, value);
    }

    private static string DropClosingQuote(string text) => text.EndsWith('"') ? text[..^1] : text;

    // The kernel's isspace() in ASCII; a command line of other letters is split nowhere else.
    private static bool IsSpace(char letter) => letter is ' ' or (>= '\t' and <= '\r');

    private static bool SameName(string? left, string right) =>
        left is not null && string.Equals(left.Replace('-', '_'), right.Replace('-', '_'), StringComparison.Ordinal);
}
