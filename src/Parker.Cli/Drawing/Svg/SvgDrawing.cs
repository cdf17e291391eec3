using Parker.Api.Topology;
using Parker.Cli.Output;

namespace Parker.Cli.Drawing.Svg;

/// <summary>Draws a machine as an SVG picture.</summary>
internal static class SvgDrawing
{
    private const int WidePage = 1280;
    private const int NarrowPage = 760;

    // What a narrow page shows without a second screen.
    private const int MaxCoresOnNarrowPage = 32;

    private const int Margin = 24;
    private const int Gap = 16;
    private const int HeadHeight = 62;
    private const int LegendRowHeight = 20;

    /// <summary>Draws the picture.</summary>
    public static void Write(MachinePicture picture, TextWriter output)
    {
        // Two nodes side by side, as on the board.
        int columns = picture.Nodes.Count > 1 ? 2 : 1;
        int pageWidth = columns == 1 && picture.Nodes.Sum(node => node.Cores.Sum(group => group.Cores.Count)) <= MaxCoresOnNarrowPage ? NarrowPage : WidePage;
        int panelWidth = (pageWidth - (2 * Margin) - ((columns - 1) * Gap)) / columns;
        NodePanel[][] rows = [.. picture.Nodes.Select(node => new NodePanel(node, panelWidth)).Chunk(columns)];
        (string Style, string Text)[] legend = [.. Legend(picture)];
        (int Left, int Row)[] places = [.. Places(legend, pageWidth)];
        int legendHeight = legend.Length == 0 ? 0 : (places[^1].Row + 1) * LegendRowHeight;
        int height = Margin + HeadHeight + rows.Sum(row => row.Max(panel => panel.Height) + Gap) + legendHeight + Margin;
        SvgCanvas.Write(output, pageWidth, height, picture.Title, canvas =>
        {
            canvas.Rectangle(0, 0, pageWidth, height, SvgStyle.Page);
            canvas.Text(Margin, Margin + 18, SvgStyle.PageTitle, PlainText.Cut(picture.Title, (pageWidth - (2 * Margin)) / SvgStyle.PageTitleLetterWidth));
            canvas.Text(Margin, Margin + 42, SvgStyle.Detail, PlainText.Cut(picture.Detail, (pageWidth - (2 * Margin)) / SvgStyle.DetailLetterWidth));
            int top = Margin + HeadHeight;
            foreach (NodePanel[] row in rows)
            {
                int rowHeight = row.Max(panel => panel.Height);
                for (int i = 0; i < row.Length; i++)
                {
                    row[i].Draw(canvas, Margin + (i * (panelWidth + Gap)), top, rowHeight);
                }

                top += rowHeight + Gap;
            }

            foreach (((string style, string text), (int left, int row)) in legend.Zip(places))
            {
                Key.Draw(canvas, left, top + (row * LegendRowHeight), style, text);
            }
        });
    }

    private static IEnumerable<(string Style, string Text)> Legend(MachinePicture picture)
    {
        ThreadState[] states =
            [.. picture.Nodes.SelectMany(node => node.Cores).SelectMany(group => group.Cores).SelectMany(threads => threads).Select(thread => thread.State).Distinct().Order()];
        GrantVerdict[] verdicts = [.. picture.Nodes.SelectMany(node => node.Buses).Select(bus => bus.Verdict).Distinct().Order()];
        return states.Select(state => (SvgStyle.Of(state), NameOf(state))).Concat(verdicts.Select(verdict => (SvgStyle.Of(verdict), NameOf(verdict))));
    }

    private static IEnumerable<(int Left, int Row)> Places(IEnumerable<(string Style, string Text)> legend, int pageWidth)
    {
        int left = Margin;
        int row = 0;
        foreach ((_, string text) in legend)
        {
            int width = Key.WidthOf(text);
            if (left > Margin && left + width > pageWidth - Margin)
            {
                left = Margin;
                row++;
            }

            yield return (left, row);
            left += width;
        }
    }

    private static string NameOf(ThreadState state) => state switch
    {
        ThreadState.Stays => "CPU that stays with the Boot Kernel",
        ThreadState.Offline => "CPU offline",
        _ => "CPU online",
    };

    private static string NameOf(GrantVerdict verdict) => verdict switch
    {
        GrantVerdict.Yes => "buses that can be granted",
        GrantVerdict.WithIommuUnit => "buses for the owner of their IOMMU unit",
        _ => "buses that cannot be granted",
    };
}
