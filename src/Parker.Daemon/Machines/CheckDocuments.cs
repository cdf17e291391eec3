using Parker.Api.Check;
using Parker.Planning.Preflight;

namespace Parker.Daemon.Machines;

/// <summary>What a check found, as Parker.Api writes it; that room does not know Parker.Planning.</summary>
public static class CheckDocuments
{
    /// <summary>The document of a report.</summary>
    public static CheckDocument Of(CheckReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new(
            CheckDocument.CurrentVersion,
            report.CanStart,
            [.. report.Lines.Select(line => CheckLineDocument.Of(line.Check.Id, line.Check.Subject, line.Check.IsRequired, line.Status, line.Evidence, line.Fix))]);
    }
}
