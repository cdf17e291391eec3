namespace Parker.Cli.Drawing.Svg;

/// <summary>Colours with what they mean, in as many rows as they need.</summary>
internal sealed class Keys
{
    private const int Field = 12;
    private const int FieldGap = 6;
    private const int Gap = 18;
    private const int RowHeight = 20;

    private readonly List<(int Left, int Top, string Style, string Text)> _keys = [];

    /// <summary>Lays the keys out.</summary>
    /// <param name="keys">Class of <see cref="SvgStyle"/> and meaning of each.</param>
    /// <param name="width">The width that there is.</param>
    public Keys(IEnumerable<(string Style, string Text)> keys, int width)
    {
        int left = 0;
        int top = 0;
        foreach ((string style, string text) in keys)
        {
            int keyWidth = Field + FieldGap + (text.Length * SvgStyle.LetterWidth);
            if (left > 0 && left + keyWidth > width)
            {
                left = 0;
                top += RowHeight;
            }

            _keys.Add((left, top, style, text));
            left += keyWidth + Gap;
        }

        Height = _keys.Count == 0 ? 0 : top + RowHeight;
    }

    public int Height { get; }

    public void Draw(SvgCanvas canvas, int left, int top)
    {
        foreach ((int x, int y, string style, string text) in _keys)
        {
            canvas.Rectangle(left + x, top + y, Field, Field, style, radius: 2);
            canvas.Text(left + x + Field + FieldGap, top + y + 10, SvgStyle.Small, text);
        }
    }
}
