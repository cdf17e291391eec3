namespace Parker.Cli.Drawing.Svg;

/// <summary>The memory of a node: a bar by address, and below it what the colours mean.</summary>
internal sealed class MemoryBand
{
    private const int BarHeight = 22;
    private const int KeysGap = 8;

    private readonly IReadOnlyList<PictureMemory> _memory;
    private readonly int _width;
    private readonly Keys _keys;

    public MemoryBand(IReadOnlyList<PictureMemory> memory, int width)
    {
        _memory = memory;
        _width = width;
        _keys = new Keys(MemoryLegend.Of(memory).Select(entry => (SvgStyle.Of(entry.User), entry.Text)), width);
    }

    public int Height => _memory.Count == 0 ? 0 : BarHeight + KeysGap + _keys.Height;

    public void Draw(SvgCanvas canvas, int left, int top)
    {
        int x = left;
        foreach ((PictureMemory piece, int width) in MemoryBar.Divide(_memory, _width))
        {
            canvas.Rectangle(x, top, width, BarHeight, SvgStyle.Of(piece.User), tip: $"{piece.Size.ToDisplayString()} from {piece.First}");
            x += width;
        }

        _keys.Draw(canvas, left, top + BarHeight + KeysGap);
    }
}
