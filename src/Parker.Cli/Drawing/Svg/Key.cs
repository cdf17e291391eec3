namespace Parker.Cli.Drawing.Svg;

/// <summary>A field of a colour with what it means.</summary>
internal static class Key
{
    /// <summary>The height of a key.</summary>
    public const int Height = 12;

    private const int Field = 12;
    private const int Gap = 18;

    /// <summary>The width that a key takes, with the gap behind it.</summary>
    public static int WidthOf(string text) => Field + 6 + (text.Length * SvgStyle.LetterWidth) + Gap;

    /// <summary>Draws a key.</summary>
    /// <returns>Where the next one starts.</returns>
    public static int Draw(SvgCanvas canvas, int left, int top, string style, string text)
    {
        canvas.Rectangle(left, top, Field, Height, style, radius: 2);
        canvas.Text(left + Field + 6, top + 10, SvgStyle.Small, text);
        return left + WidthOf(text);
    }
}
