using System.Globalization;

namespace Parker.Machine.Topology.Reading;

/// <summary>The time stamp counter's frequency, from the best source there is.</summary>
internal static class TscReader
{
    private const string ClockSourceFile = "/sys/devices/system/clocksource/clocksource0/current_clocksource";

    public static TscFacts Read(IMachineSource source, IReadOnlyList<string> log)
    {
        Finding<bool?> boot = ReadClockSource(source);
        SourceStatus status = source.TryReadTsc(out TscReading reading);
        if (status == SourceStatus.Ok && reading.Source == TscSource.PerfEvent)
        {
            return new TscFacts(reading.Hertz, TscSource.PerfEvent, reading.Evidence, boot);
        }

        if (FromLog(log) is (double hertz, string line))
        {
            return new TscFacts(hertz, TscSource.KernelLog, line, boot);
        }

        return status == SourceStatus.Ok
            ? new TscFacts(reading.Hertz, reading.Source, reading.Evidence, boot)
            : new TscFacts(null, TscSource.Unknown, "neither perf_event, the kernel log nor a measurement tells it", boot);
    }

    private static Finding<bool?> ReadClockSource(IMachineSource source)
    {
        SourceStatus status = source.TryRead(ClockSourceFile, out byte[] content);
        string text = SourceReader.TextOf(content);
        return status == SourceStatus.Ok && text.Length > 0
            ? new Finding<bool?>(text == "tsc", $"{ClockSourceFile}: {text}")
            : new Finding<bool?>(null, SourceReader.Why(ClockSourceFile, status));
    }

    // Best first: "tsc: Refined TSC clocksource calibration: 2899.999 MHz", "tsc: Detected 2900.000 MHz TSC", "tsc: Detected 2900.000 MHz processor" (the last is
    // the CPU's frequency, and the TSC's too unless the line before tells another).
    private static (double Hertz, string Line)? FromLog(IReadOnlyList<string> log)
    {
        (string Before, string After)[] forms =
        [
            ("tsc: Refined TSC clocksource calibration: ", " MHz"),
            ("tsc: Detected ", " MHz TSC"),
            ("tsc: Detected ", " MHz processor"),
        ];
        foreach ((string before, string after) in forms)
        {
            foreach (string line in log)
            {
                int start = line.IndexOf(before, StringComparison.Ordinal);
                int end = start < 0 ? -1 : line.IndexOf(after, start, StringComparison.Ordinal);
                if (end > 0
                    && decimal.TryParse(line.AsSpan((start + before.Length)..end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal megahertz)
                    && megahertz is > 0 and < 1_000_000)
                {
                    return ((double)(megahertz * 1_000_000), line);
                }
            }
        }

        return null;
    }
}
