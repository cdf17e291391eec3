namespace Parker.Cli.Output;

/// <summary>Text in aligned columns, two spaces apart, the same whatever the terminal; a machine's name or a driver's is never cut.</summary>
internal sealed class TableWriter
{
    private readonly TableColumn[] _columns;
    private readonly List<string[]> _rows = [];

    /// <summary>A table without rows.</summary>
    public TableWriter(params TableColumn[] columns) => _columns = columns;

    /// <summary>The number of rows so far.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a row; an empty cell prints as <c>-</c>, so that columns can be split at white space.</summary>
    /// <param name="cells">One for each column, control characters print as question marks.</param>
    /// <exception cref="ArgumentException">There are more or fewer cells than columns.</exception>
    public void Add(params string[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Length != _columns.Length)
        {
            throw new ArgumentException($"The table has {_columns.Length} columns, the row {cells.Length} cells.", nameof(cells));
        }

        _rows.Add([.. cells.Select(cell => cell.Length == 0 ? "-" : PlainText.Of(cell))]);
    }

    /// <summary>Writes headings and rows, each line indented by <paramref name="indent"/> spaces and without trailing ones.</summary>
    public void WriteTo(TextWriter output, int indent = 0)
    {
        ArgumentNullException.ThrowIfNull(output);
        int[] widths = [.. _columns.Select((column, i) => _rows.Select(row => row[i].Length).Append(column.Header.Length).Max())];
        WriteLine(output, indent, [.. _columns.Select(column => column.Header)], widths);
        foreach (string[] row in _rows)
        {
            WriteLine(output, indent, row, widths);
        }
    }

    private void WriteLine(TextWriter output, int indent, string[] cells, int[] widths)
    {
        IEnumerable<string> padded = cells.Select((cell, i) => _columns[i].AlignRight ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
        output.WriteLine((new string(' ', indent) + string.Join("  ", padded)).TrimEnd());
    }
}
