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

    /// <summary>Draws the picture.</summary>
    public static void Write(MachinePicture picture, TextWriter output)
    {
        // Two nodes side by side, as on the board.
        int columns = picture.Nodes.Count > 1 ? 2 : 1;
        int pageWidth = columns == 1 && picture.Nodes.Sum(node => node.Cores.Sum(group => group.Cores.Count)) <= MaxCoresOnNarrowPage ? NarrowPage : WidePage;
        int panelWidth = (pageWidth - (2 * Margin) - ((columns - 1) * Gap)) / columns;
        NodePanel[][] rows = [.. picture.Nodes.Select(node => new NodePanel(node, panelWidth)).Chunk(columns)];
        Keys legend = new(Legend(picture), pageWidth - (2 * Margin));
        int height = Margin + HeadHeight + rows.Sum(row => row.Max(panel => panel.Height) + Gap) + legend.Height + Margin;
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

            legend.Draw(canvas, Margin, top);
        });
    }

    private static IEnumerable<(string Style, string Text)> Legend(MachinePicture picture)
    {
        CpuState[] states =
            [.. picture.Nodes.SelectMany(node => node.Cores).SelectMany(group => group.Cores).SelectMany(threads => threads).Select(thread => thread.State).Distinct().Order()];
        GrantVerdict[] verdicts = [.. picture.Nodes.SelectMany(node => node.Buses).Select(bus => bus.Verdict).Distinct().Order()];
        return states.Select(state => (SvgStyle.Of(state), NameOf(state))).Concat(verdicts.Select(verdict => (SvgStyle.Of(verdict), NameOf(verdict))));
    }

    private static string NameOf(CpuState state) => state switch
    {
        CpuState.Stays => "CPU that stays with the Boot Kernel",
        CpuState.Offline => "CPU offline",
        _ => "CPU online",
    };

    private static string NameOf(GrantVerdict verdict) => verdict switch
    {
        GrantVerdict.Yes => "buses that can be granted",
        GrantVerdict.WithIommuUnit => "buses for the owner of their IOMMU unit",
        _ => "buses that cannot be granted",
    };
}
