using Parker.Cli.Topologies;

namespace Parker.Cli.Drawing.Svg;

/// <summary>The memory of a node: a bar by address, and below it what the colours mean.</summary>
internal sealed class MemoryBand
{
    private const int BarHeight = 22;
    private const int LegendHeight = 22;

    private readonly IReadOnlyList<PictureMemory> _memory;
    private readonly int _width;

    public MemoryBand(IReadOnlyList<PictureMemory> memory, int width) => (_memory, _width) = (memory, width);

    public int Height => _memory.Count == 0 ? 0 : BarHeight + LegendHeight;

    public void Draw(SvgCanvas canvas, int left, int top)
    {
        int x = left;
        foreach ((PictureMemory piece, int width) in MemoryBar.Divide(_memory, _width))
        {
            canvas.Rectangle(x, top, width, BarHeight, SvgStyle.Of(piece.User), tip: $"{piece.Size.ToDisplayString()} from {piece.First}");
            x += width;
        }

        x = left;
        foreach ((MemoryUser user, string text) in MemoryLegend.Of(_memory))
        {
            x = Key.Draw(canvas, x, top + BarHeight + 8, SvgStyle.Of(user), text);
        }
    }
}
