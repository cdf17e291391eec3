using System.Globalization;
using Parker.Api.Inspection;
using Parker.Cli.Output;

namespace Parker.Cli.Inspections;

/// <summary>Records of a kernel log as text, a line as <c>dmesg</c> writes it.</summary>
internal static class LogListing
{
    /// <summary>Writes records.</summary>
    /// <param name="log">The records.</param>
    /// <param name="decode">Whether to write level and caller, too.</param>
    /// <param name="output">Where to.</param>
    public static void Write(LogDocument log, bool decode, TextWriter output)
    {
        foreach (LogRecordDocument record in log.Records)
        {
            string prefix = Prefix(record, decode);

            // What follows a line feed within a record is its own too: each line says so.
            foreach (string line in record.Text.Split('\n'))
            {
                output.WriteLine(prefix + PlainText.Of(line));
            }
        }
    }

    private static string Prefix(LogRecordDocument record, bool decode)
    {
        if (record.TimeNs is not ulong time)
        {
            return "";
        }

        string stamp = string.Create(CultureInfo.InvariantCulture, $"[{time / 1_000_000_000,5}.{time % 1_000_000_000 / 1000:000000}] ");
        string caller = record.Cpu is uint cpu ? $"C{cpu}" : record.ThreadId is uint thread ? $"T{thread}" : "";
        return decode ? string.Create(CultureInfo.InvariantCulture, $"{stamp}{record.Level,-13} {caller,-7} ") : stamp;
    }
}
