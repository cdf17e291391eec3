using System.Globalization;
using Parker.Machine.Diagnostics;
using Tomlyn.Syntax;

namespace Parker.Planning.Configuration;

/// <summary>Takes the keys of one table, and tells what is wrong with them where it stands.</summary>
internal sealed class SectionReader
{
    private readonly Dictionary<string, ValueSyntax> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _withoutValue = [];
    private readonly string _file;
    private readonly DiagnosticBag _diagnostics;

    /// <summary>Reads the keys of a table.</summary>
    /// <param name="title">How messages name the table, such as <c>[boot-kernel]</c>.</param>
    /// <param name="place">Where the table begins.</param>
    /// <param name="pairs">Its keys and values.</param>
    /// <param name="known">The keys that it may have.</param>
    /// <param name="file">For places.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public SectionReader(string title, string place, IEnumerable<KeyValueSyntax> pairs, IReadOnlyList<string> known, string file, DiagnosticBag diagnostics)
    {
        Title = title;
        Place = place;
        _file = file;
        _diagnostics = diagnostics;
        foreach (KeyValueSyntax pair in pairs)
        {
            Add(pair, known);
        }
    }

    /// <summary>How messages name the table.</summary>
    public string Title { get; }

    /// <summary>Where the table begins.</summary>
    public string Place { get; }

    /// <summary><c>file:line:column</c>, counted from 1.</summary>
    public static string PlaceOf(string file, SourceSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{file}:{span.Start.Line + 1}:{span.Start.Column + 1}");

    /// <summary>The words of a key: more than one where it has dots.</summary>
    public static IReadOnlyList<string> WordsOf(KeySyntax? key)
    {
        if (key?.Key is null)
        {
            return [];
        }

        return [WordOf(key.Key), .. key.DotKeys.Where(item => item.Key is not null).Select(item => WordOf(item.Key!))];
    }

    /// <summary>The place of a key's value; of the table where the key is not there.</summary>
    public string PlaceOfValue(string key) => _values.TryGetValue(key, out ValueSyntax? value) ? PlaceOf(_file, value.Span) : Place;

    /// <summary>Whether the key is there, if only without a value.</summary>
    public bool Has(string key) => _values.ContainsKey(key) || _withoutValue.Contains(key);

    /// <summary>Tells that a value cannot be.</summary>
    public void Refuse(string id, string key, string message, string remedy) => _diagnostics.Error(id, PlaceOfValue(key), $"{Title}: {message}", remedy);

    /// <summary>Tells that a value is taken, but not as one would expect.</summary>
    public void Warn(string id, string key, string message, string remedy) => _diagnostics.Warning(id, PlaceOfValue(key), $"{Title}: {message}", remedy);

    /// <summary>A text; null where it is not there or is none.</summary>
    public string? Text(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case StringValueSyntax text:
                return text.Value ?? "";
            case ValueSyntax other:
                return Mistyped(key, other, "a text in quotes");
        }
    }

    /// <summary>A text, or a whole number as it would be written as one.</summary>
    public string? TextOrNumber(string key, string wanted)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case StringValueSyntax text:
                return text.Value ?? "";
            case IntegerValueSyntax number:
                return number.Value.ToString(CultureInfo.InvariantCulture);
            case ValueSyntax other:
                return Mistyped(key, other, wanted);
        }
    }

    /// <summary>A number of at least <paramref name="smallest"/>; null where it is not there or is none.</summary>
    public int? Number(string key, int smallest, int largest)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case IntegerValueSyntax number when number.Value >= smallest && number.Value <= largest:
                return (int)number.Value;
            case IntegerValueSyntax number:
                Refuse(ConfigurationDiagnosticId.Number, key, $"{key} = {number.Value} is out of range.", $"Write a number from {smallest} to {largest}.");
                return null;
            case ValueSyntax other:
                Mistyped(key, other, "a whole number");
                return null;
        }
    }

    /// <summary>Yes or no; null where it is not there or is neither.</summary>
    public bool? Flag(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case BooleanValueSyntax flag:
                return flag.Value;
            case ValueSyntax other:
                Mistyped(key, other, "true or false");
                return null;
        }
    }

    /// <summary>A list of texts, each with its place; empty where it is not there.</summary>
    public IReadOnlyList<(string Text, string Place)> Texts(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case ArraySyntax list:
                List<(string, string)> texts = [];
                foreach (ValueSyntax item in list.Items.Select(item => item.Value).OfType<ValueSyntax>())
                {
                    if (item is StringValueSyntax text)
                    {
                        texts.Add((text.Value ?? "", PlaceOf(_file, item.Span)));
                    }
                    else
                    {
                        _diagnostics.Error(ConfigurationDiagnosticId.WrongType, PlaceOf(_file, item.Span), $"{Title}: {key} has {KindOf(item)} in it.", "Write texts in quotes.");
                    }
                }

                return texts;
            case ValueSyntax other:
                Mistyped(key, other, "a list of texts: [\"...\"]");
                return [];
        }
    }

    /// <summary>Tells a problem of one item of a list.</summary>
    public void RefuseAt(string id, string place, string message, string remedy) => _diagnostics.Error(id, place, $"{Title}: {message}", remedy);

    private static string WordOf(BareKeyOrStringValueSyntax key) => key switch
    {
        BareKeySyntax bare => bare.Key?.Text ?? "",
        StringValueSyntax quoted => quoted.Value ?? "",
        _ => key.ToString().Trim(),
    };

    private static string KindOf(ValueSyntax value) => value switch
    {
        StringValueSyntax => "a text",
        IntegerValueSyntax => "a whole number",
        FloatValueSyntax => "a number with a point",
        BooleanValueSyntax => "true or false",
        ArraySyntax => "a list",
        InlineTableSyntax => "a table",
        DateTimeValueSyntax => "a date or time",
        _ => "another kind of value",
    };

    private ValueSyntax? Find(string key) => _values.GetValueOrDefault(key);

    private string? Mistyped(string key, ValueSyntax value, string wanted)
    {
        Refuse(ConfigurationDiagnosticId.WrongType, key, $"{key} is {KindOf(value)} ({value.ToString().Trim()}).", $"Write {wanted}.");
        return null;
    }

    private void Add(KeyValueSyntax pair, IReadOnlyList<string> known)
    {
        // What is no key or has no value is an error of syntax, told already.
        if (pair.Key is null)
        {
            return;
        }

        string key = string.Join('.', WordsOf(pair.Key));
        if (pair.Value is not ValueSyntax value)
        {
            _withoutValue.Add(key);
            return;
        }

        string place = PlaceOf(_file, pair.Key.Span);
        if (!known.Contains(key))
        {
            _diagnostics.Error(ConfigurationDiagnosticId.Unknown, place, $"{Title}: there is no key '{key}'.", $"Take one of {string.Join(", ", known)}.");
        }
        else if (!_values.TryAdd(key, value))
        {
            _diagnostics.Error(ConfigurationDiagnosticId.Twice, place, $"{Title}: {key} stands there twice.", "Keep one of them.");
        }
    }
}
