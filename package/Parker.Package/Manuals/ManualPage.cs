using System.Globalization;
using System.Text;
using Parker.Cli;

namespace Parker.Package.Manuals;

/// <summary>Writes a page in the man(7) language.</summary>
internal sealed class ManualPage
{
    private const int Width = 78;

    private readonly StringBuilder _text = new();
    private bool _isAfterHeading;

    /// <summary>Begins a page.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="section">1 for commands, 5 for files.</param>
    /// <param name="date">Its date.</param>
    /// <param name="summary">What it is about, in a few words.</param>
    public ManualPage(string name, int section, DateOnly date, string summary)
    {
        _text.Append(CultureInfo.InvariantCulture, $".TH {Escape(name.ToUpperInvariant())} {section} {date:yyyy\\-MM\\-dd} \"Parker {ParkerVersion.Number}\" \"Parker\"\n");
        Section("NAME");
        Line($"{Escape(name)} \\- {Escape(summary)}");
    }

    /// <summary>Begins a section.</summary>
    public void Section(string title) => Line($".SH {title}");

    /// <summary>Writes a paragraph.</summary>
    public void Paragraph(string text)
    {
        // After a heading this would be a paragraph without text.
        if (!_isAfterHeading)
        {
            Line(".PP");
        }

        Wrapped(text);
    }

    /// <summary>Writes a term with what it means.</summary>
    /// <param name="literal">What is typed as it stands.</param>
    /// <param name="placeholder">What stands for something else; may be empty.</param>
    /// <param name="text">The meaning.</param>
    public void Term(string literal, string placeholder, string text)
    {
        Line(".TP");
        Typed(literal, placeholder);
        Wrapped(text);
    }

    /// <summary>Writes what is typed, as a line of its own.</summary>
    /// <param name="literal">What is typed as it stands; may be empty.</param>
    /// <param name="placeholder">What stands for something else; may be empty.</param>
    public void Typed(string literal, string placeholder)
    {
        string bold = literal.Length == 0 ? "" : $"\\fB{Escape(literal)}\\fR";
        string italic = placeholder.Length == 0 ? "" : $"\\fI{Escape(placeholder)}\\fR";
        Line(bold + (bold.Length > 0 && italic.Length > 0 ? " " : "") + italic);
    }

    /// <summary>Writes lines as they stand.</summary>
    public void Verbatim(IEnumerable<string> lines)
    {
        Line(".nf");
        foreach (string line in lines)
        {
            Line(line.Length == 0 ? "\\&" : Escape(line));
        }

        Line(".fi");
    }

    /// <summary>Writes the pages to read next.</summary>
    /// <param name="pages">Name and section of each.</param>
    public void SeeAlso(IReadOnlyList<(string Name, int Section)> pages)
    {
        Section("SEE ALSO");
        for (int i = 0; i < pages.Count; i++)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $".BR {Escape(pages[i].Name)} ({pages[i].Section}){(i + 1 < pages.Count ? "," : "")}"));
        }
    }

    /// <summary>The page.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>A sentence of help as the few words of a page's name: without its full stop and what comes after a colon or that.</summary>
    public static string Summary(string sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        string first = sentence.Split(". ")[0].Split(": ")[0].TrimEnd('.');
        return first.Length > 1 && char.IsLower(first[1]) ? char.ToLowerInvariant(first[0]) + first[1..] : first;
    }

    // A new sentence begins a new line, as is the custom.
    private void Wrapped(string text)
    {
        StringBuilder line = new();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Escape))
        {
            if (line.Length > 0 && (line.Length + 1 + word.Length > Width || line[^1] == '.'))
            {
                Line(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        Line(line.ToString());
    }

    private void Line(string line)
    {
        _text.Append(line).Append('\n');
        _isAfterHeading = line.StartsWith(".SH", StringComparison.Ordinal);
    }

    // A dot or quote at the begin of a line would be a request, a bare dash a hyphen that nobody can paste, a bare quote a typographic one.
    private static string Escape(string text)
    {
        string escaped = text
            .Replace("\\", "\\e", StringComparison.Ordinal)
            .Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("'", "\\(aq", StringComparison.Ordinal)
            .Replace("\"", "\\(dq", StringComparison.Ordinal)
            .Replace("^", "\\(ha", StringComparison.Ordinal)
            .Replace("~", "\\(ti", StringComparison.Ordinal)
            .Replace("`", "\\(ga", StringComparison.Ordinal);
        return escaped.StartsWith('.') ? "\\&" + escaped : escaped;
    }
}
