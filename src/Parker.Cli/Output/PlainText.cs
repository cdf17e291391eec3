namespace Parker.Cli.Output;

/// <summary>Text of a machine that may end up on a terminal: a capture can come from a stranger.</summary>
internal static class PlainText
{
    /// <summary>The text with every control character, line breaks too, replaced by a question mark.</summary>
    public static string Of(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter)) : text;

    /// <summary>The text, with an ellipsis for its end where it has more than <paramref name="letters"/>.</summary>
    public static string Cut(string text, int letters) => text.Length <= letters ? text : text[..Math.Max(0, letters - 1)] + "…";
}
