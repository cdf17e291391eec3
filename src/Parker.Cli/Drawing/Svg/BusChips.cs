using Parker.Api.Topology;
using Parker.Cli.Output;

namespace Parker.Cli.Drawing.Svg;

/// <summary>The PCI buses of a node: a box for each, in columns; those that can be granted first.</summary>
internal sealed class BusChips
{
    private const int ChipHeight = 38;
    private const int Gap = 8;
    private const int Padding = 8;

    private readonly (PictureBus Bus, string First, string Second)[] _chips;
    private readonly int _chipWidth;
    private readonly int _columns;

    public BusChips(IReadOnlyList<PictureBus> buses, int width)
    {
        // At least two in a row: what is longer is cut, and stands whole where a pointer is over it.
        int letters = ((width - Gap) / 2 - (2 * Padding)) / SvgStyle.LetterWidth;
        _chips = [.. buses.OrderBy(bus => bus.Verdict == GrantVerdict.No).Select(bus => (bus, PlainText.Cut($"{bus.Name} {bus.Content}", letters), PlainText.Cut(Verdict(bus), letters)))];
        _chipWidth = (_chips.Select(chip => Math.Max(chip.First.Length, chip.Second.Length)).DefaultIfEmpty(0).Max() * SvgStyle.LetterWidth) + (2 * Padding);
        _columns = Math.Max(1, (width + Gap) / (_chipWidth + Gap));
        int rows = (_chips.Length + _columns - 1) / _columns;
        Height = Math.Max(0, (rows * (ChipHeight + Gap)) - Gap);
    }

    public int Height { get; }

    public void Draw(SvgCanvas canvas, int left, int top)
    {
        for (int i = 0; i < _chips.Length; i++)
        {
            (PictureBus bus, string first, string second) = _chips[i];
            int x = left + (i % _columns * (_chipWidth + Gap));
            int y = top + (i / _columns * (ChipHeight + Gap));
            canvas.Rectangle(x, y, _chipWidth, ChipHeight, SvgStyle.Of(bus.Verdict), radius: 4, $"{bus.Name} {bus.Content}: {Verdict(bus)}");
            canvas.Text(x + Padding, y + 16, SvgStyle.Small, first);
            canvas.Text(x + Padding, y + 30, SvgStyle.Label, second);
        }
    }

    private static string Verdict(PictureBus bus) => bus.Verdict switch
    {
        GrantVerdict.Yes => "can be granted",
        GrantVerdict.WithIommuUnit => "with its IOMMU unit",
        _ => "no: " + string.Join(' ', bus.Reasons),
    };
}
