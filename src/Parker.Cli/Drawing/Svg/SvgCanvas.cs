using System.Globalization;
using System.Security;
using Parker.Cli.Output;

namespace Parker.Cli.Drawing.Svg;

/// <summary>Writes the elements of an SVG picture. Units are pixels, from the top left corner.</summary>
internal sealed class SvgCanvas
{
    private readonly TextWriter _output;

    private SvgCanvas(TextWriter output) => _output = output;

    /// <summary>Writes a picture.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="title">Its title.</param>
    /// <param name="draw">Draws what is in it.</param>
    public static void Write(TextWriter output, int width, int height, string title, Action<SvgCanvas> draw)
    {
        output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n"));
        output.Write($"<title>{Escaped(title)}</title>\n<style>{SvgStyle.Css}</style>\n");
        draw(new SvgCanvas(output));
        output.Write("</svg>\n");
    }

    /// <summary>A rectangle.</summary>
    /// <param name="left">Left edge.</param>
    /// <param name="top">Top edge.</param>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    /// <param name="style">A class of <see cref="SvgStyle"/>.</param>
    /// <param name="radius">Of its corners.</param>
    /// <param name="tip">What a pointer over it shows; empty for nothing.</param>
    public void Rectangle(int left, int top, int width, int height, string style, int radius = 0, string tip = "")
    {
        string corners = radius == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" rx=\"{radius}\"");
        string end = tip.Length == 0 ? "/>" : $"><title>{Escaped(tip)}</title></rect>";
        _output.Write(string.Create(
            CultureInfo.InvariantCulture, $"<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"{corners} class=\"{style}\"{end}\n"));
    }

    /// <summary>A line of text that starts at <paramref name="left"/>.</summary>
    /// <param name="left">Left edge.</param>
    /// <param name="baseline">Where the letters stand.</param>
    /// <param name="style">A class of <see cref="SvgStyle"/>.</param>
    /// <param name="text">The text.</param>
    public void Text(int left, int baseline, string style, string text) =>
        _output.Write(string.Create(CultureInfo.InvariantCulture, $"<text x=\"{left}\" y=\"{baseline}\" class=\"{style}\">{Escaped(text)}</text>\n"));

    // XML 1.0 has no way to write control characters.
    private static string Escaped(string text) => SecurityElement.Escape(PlainText.Of(text));
}
