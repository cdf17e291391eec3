using System.Diagnostics;
using System.Globalization;

namespace Parker.Bench;

/// <summary>A command line that is measured as a whole process, its output thrown away.</summary>
/// <param name="name">What the table calls it.</param>
/// <param name="command">The program and its arguments.</param>
internal sealed class Contender(string name, params string[] command)
{
    private readonly List<double> _milliseconds = [];

    public string Name => name;

    /// <summary>The median over all rounds.</summary>
    public double MedianMs => _milliseconds.Order().ElementAt(_milliseconds.Count / 2);

    /// <summary>The fastest round.</summary>
    public double FastestMs => _milliseconds.Min();

    /// <summary>The most memory that the process held.</summary>
    public double PeakMegabytes { get; private set; }

    /// <summary>Runs it once under time(1) for its memory; false where it fails.</summary>
    public bool TryMeasureMemory()
    {
        string report = Path.GetTempFileName();
        try
        {
            bool done = Run(["/usr/bin/time", "-q", "-f", "%M", "-o", report, .. command]);
            PeakMegabytes = done ? double.Parse(File.ReadAllText(report), CultureInfo.InvariantCulture) * 1024 / 1e6 : 0;
            return done;
        }
        finally
        {
            File.Delete(report);
        }
    }

    /// <summary>Runs it once for its time.</summary>
    public void MeasureTime()
    {
        long start = Stopwatch.GetTimestamp();
        if (!Run(command))
        {
            throw new InvalidOperationException($"{name} failed.");
        }

        _milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    // The shell only opens /dev/null and becomes the program; that is the same for all.
    private static bool Run(string[] command)
    {
        using Process process = Process.Start("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", .. command]);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
