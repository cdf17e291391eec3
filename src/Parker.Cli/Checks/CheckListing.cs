using System.Globalization;
using Parker.Cli.Output;
using Parker.Planning.Preflight;

namespace Parker.Cli.Checks;

/// <summary>Prints what a check found: a line for each requirement, the fix below it, and the verdict.</summary>
internal static class CheckListing
{
    private const string Reset = "\u001b[0m";
    private const int StatusWidth = 8;

    /// <summary>Writes <paramref name="report"/>.</summary>
    /// <param name="report">The findings.</param>
    /// <param name="useColour">Whether to colour the status.</param>
    /// <param name="output">Where to.</param>
    public static void Write(CheckReport report, bool useColour, TextWriter output)
    {
        int subjectWidth = report.Lines.Max(line => line.Check.Subject.Length);
        foreach (CheckLine line in report.Lines)
        {
            string status = NameOf(line.Status);
            string padding = new(' ', StatusWidth - status.Length);
            output.Write(useColour ? ColourOf(line.Status) + status + Reset + padding : status + padding);
            output.WriteLine($" {line.Check.Id}  {line.Check.Subject.PadRight(subjectWidth)}  {PlainText.Of(line.Evidence)}");
            if (line.Fix.Length > 0)
            {
                output.WriteLine($"{new string(' ', StatusWidth + 9)}fix: {PlainText.Of(line.Fix)}");
            }
        }

        output.WriteLine();
        output.WriteLine(Verdict(report));
    }

    private static string Verdict(CheckReport report)
    {
        if (report.CanStart)
        {
            return "Partitions can be started on this machine.";
        }

        int missing = report.Lines.Count(line => line.Status == CheckStatus.Missing);
        int unknown = report.Lines.Count(line => line.Blocks && line.Status == CheckStatus.Unknown);
        return missing > 0
            ? string.Create(CultureInfo.InvariantCulture, $"Partitions cannot be started on this machine: {missing} missing{(unknown > 0 ? $", and {unknown} required and unknown" : "")}.")
            : string.Create(CultureInfo.InvariantCulture, $"Whether partitions can be started on this machine is not known: {unknown} required and unknown.");
    }

    private static string NameOf(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "ok",
        CheckStatus.Warn => "warn",
        CheckStatus.Missing => "missing",
        _ => "unknown",
    };

    private static string ColourOf(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "\u001b[32m",
        CheckStatus.Warn => "\u001b[33m",
        CheckStatus.Missing => "\u001b[31m",
        _ => "\u001b[35m",
    };
}
