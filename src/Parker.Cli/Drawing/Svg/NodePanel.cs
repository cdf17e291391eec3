using Parker.Cli.Output;

namespace Parker.Cli.Drawing.Svg;

/// <summary>A node of the picture: title, cores, memory, buses, one below the other.</summary>
internal sealed class NodePanel
{
    private const int Padding = 16;
    private const int TitleHeight = 26;
    private const int LabelHeight = 18;
    private const int SectionGap = 12;

    private readonly PictureNode _node;
    private readonly int _width;
    private readonly (string Label, int Height, Action<SvgCanvas, int, int> Draw)[] _sections;

    public NodePanel(PictureNode node, int width)
    {
        _node = node;
        _width = width;
        int inner = width - (2 * Padding);
        CoreGrid cores = new(node.Cores, inner);
        MemoryBand memory = new(node.Memory, inner);
        BusChips buses = new(node.Buses, inner);
        (string Label, int Height, Action<SvgCanvas, int, int> Draw)[] sections =
            [("Cores with their threads", cores.Height, cores.Draw), ("Memory by address", memory.Height, memory.Draw), ("PCI buses behind root ports", buses.Height, buses.Draw)];
        _sections = [.. sections.Where(section => section.Height > 0)];
        Height = (2 * Padding) + TitleHeight + _sections.Sum(section => SectionGap + LabelHeight + section.Height);
    }

    /// <summary>What the panel needs; the page may give it more.</summary>
    public int Height { get; }

    public void Draw(SvgCanvas canvas, int left, int top, int height)
    {
        canvas.Rectangle(left, top, _width, height, SvgStyle.Panel, radius: 8);
        canvas.Text(left + Padding, top + Padding + 14, SvgStyle.PanelTitle, _node.Title);
        int detail = Padding + (_node.Title.Length * SvgStyle.TitleLetterWidth) + 12;
        canvas.Text(left + detail, top + Padding + 14, SvgStyle.Detail, PlainText.Cut(_node.Detail, (_width - Padding - detail) / SvgStyle.DetailLetterWidth));
        int y = top + Padding + TitleHeight;
        foreach ((string label, int sectionHeight, Action<SvgCanvas, int, int> draw) in _sections)
        {
            y += SectionGap;
            canvas.Text(left + Padding, y + 10, SvgStyle.Label, label);
            y += LabelHeight;
            draw(canvas, left + Padding, y);
            y += sectionHeight;
        }
    }
}
