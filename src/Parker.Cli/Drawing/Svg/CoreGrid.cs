using System.Globalization;

namespace Parker.Cli.Drawing.Svg;

/// <summary>The cores of a node: a box for each core, a field for each thread, cores that share a cache together under its name.</summary>
internal sealed class CoreGrid
{
    private const int FieldHeight = 18;
    private const int CorePadding = 3;
    private const int CoreHeight = FieldHeight + (2 * CorePadding);
    private const int CoreGap = 6;
    private const int GroupGap = 14;
    private const int LabelHeight = 16;

    private readonly IReadOnlyList<PictureCores> _groups;
    private readonly int _fieldWidth;
    private readonly int _coreWidth;
    private readonly int _groupsInARow;
    private readonly int _coresInARow;

    /// <summary>Lays the cores out so that they take the least height.</summary>
    public CoreGrid(IReadOnlyList<PictureCores> groups, int width)
    {
        _groups = groups;
        IEnumerable<IReadOnlyList<PictureThread>> cores = groups.SelectMany(group => group.Cores);
        int digits = cores.SelectMany(threads => threads).Select(thread => Name(thread).Length).Append(2).Max();
        _fieldWidth = (digits * SvgStyle.LetterWidth) + 6;
        _coreWidth = (cores.Select(threads => threads.Count).DefaultIfEmpty(1).Max() * _fieldWidth) + (2 * CorePadding);
        (_groupsInARow, _coresInARow, Height) = Enumerable.Range(1, Math.Max(1, groups.Count))
            .Select(groupsInARow =>
            {
                int groupWidth = (width - ((groupsInARow - 1) * GroupGap)) / groupsInARow;
                int coresInARow = Math.Max(1, (groupWidth + CoreGap) / (_coreWidth + CoreGap));
                bool fits = groupsInARow == 1 || groupWidth >= Math.Max(_coreWidth, LongestLabel * SvgStyle.LetterWidth);
                return (groupsInARow, coresInARow, Height: fits ? HeightOf(groupsInARow, coresInARow) : int.MaxValue);
            })
            .MinBy(layout => layout.Height);
    }

    public int Height { get; }

    private int LargestGroup => _groups.Select(group => group.Cores.Count).DefaultIfEmpty(0).Max();

    private int LongestLabel => _groups.Select(group => group.Label.Length).DefaultIfEmpty(0).Max();

    public void Draw(SvgCanvas canvas, int left, int top)
    {
        int columnWidth = (Math.Min(_coresInARow, LargestGroup) * (_coreWidth + CoreGap)) - CoreGap + GroupGap;
        foreach (PictureCores[] row in _groups.Chunk(_groupsInARow))
        {
            for (int i = 0; i < row.Length; i++)
            {
                DrawGroup(canvas, row[i], left + (i * columnWidth), top);
            }

            top += RowHeight(row, _coresInARow) + GroupGap;
        }
    }

    private static string Name(PictureThread thread) => thread.Cpu.ToString(CultureInfo.InvariantCulture);

    private static int RowHeight(PictureCores[] groups, int coresInARow)
    {
        int label = groups.Any(group => group.Label.Length > 0) ? LabelHeight : 0;
        int rows = groups.Max(group => (group.Cores.Count + coresInARow - 1) / coresInARow);
        return label + (rows * (CoreHeight + CoreGap)) - CoreGap;
    }

    private int HeightOf(int groupsInARow, int coresInARow)
    {
        int[] rows = [.. _groups.Chunk(groupsInARow).Select(row => RowHeight(row, coresInARow))];
        return rows.Sum() + (Math.Max(0, rows.Length - 1) * GroupGap);
    }

    private void DrawGroup(SvgCanvas canvas, PictureCores group, int left, int top)
    {
        if (group.Label.Length > 0)
        {
            canvas.Text(left, top + 11, SvgStyle.Label, group.Label);
            top += LabelHeight;
        }

        for (int i = 0; i < group.Cores.Count; i++)
        {
            int x = left + (i % _coresInARow * (_coreWidth + CoreGap));
            int y = top + (i / _coresInARow * (CoreHeight + CoreGap));
            IReadOnlyList<PictureThread> threads = group.Cores[i];
            canvas.Rectangle(x, y, (threads.Count * _fieldWidth) + (2 * CorePadding), CoreHeight, SvgStyle.Core, radius: 4);
            for (int t = 0; t < threads.Count; t++)
            {
                int field = x + CorePadding + (t * _fieldWidth);
                canvas.Rectangle(field + 1, y + CorePadding, _fieldWidth - 2, FieldHeight, SvgStyle.Of(threads[t].State), radius: 2, threads[t].Detail);
                canvas.Text(
                    field + (_fieldWidth / 2), y + CorePadding + 13, threads[t].State == CpuState.Stays ? SvgStyle.NumberOnDark : SvgStyle.Number, Name(threads[t]));
            }
        }
    }
}
