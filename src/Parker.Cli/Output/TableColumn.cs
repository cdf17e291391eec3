namespace Parker.Cli.Output;

/// <summary>A column of a table.</summary>
/// <param name="Header">Its heading, in capitals; empty headings are allowed.</param>
/// <param name="AlignRight">Whether its cells are pushed to the right, as numbers are.</param>
internal sealed record TableColumn(string Header, bool AlignRight = false);
