namespace Parker.Cli.Output;

/// <summary>Text of a machine that may end up on a terminal: a capture can come from a stranger.</summary>
internal static class PlainText
{
    /// <summary>The text with every control character, line breaks too, replaced by a question mark.</summary>
    public static string Of(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter)) : text;
}
