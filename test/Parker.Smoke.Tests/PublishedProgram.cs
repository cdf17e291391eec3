using System.Diagnostics;
using Parker.Fixtures;

// Times are measured.
[assembly: Xunit.v3.Parallelization(MaxThreads = 1)]

namespace Parker.Smoke.Tests;

/// <summary>One run of the published program as a whole process.</summary>
internal sealed record PublishedProgram(int ExitCode, string Output, string Error)
{
    // Hardly any run takes a second; a machine that is busy with other things is no failure.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The program's file.</summary>
    public static string Path { get; } = Environment.GetEnvironmentVariable("PARKER_PROGRAM") is { Length: > 0 } given
        ? given
        : System.IO.Path.Combine(MachineFixtures.Root, "artifacts", "parker");

    /// <summary>Runs <c>parker</c>.</summary>
    public static PublishedProgram Run(params string[] arguments) => RunOther(Path, arguments);

    /// <summary>Runs another program, such as a shell that runs <c>parker</c>.</summary>
    public static PublishedProgram RunOther(string file, params string[] arguments)
    {
        using Process process = Start(file, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Wait(process);
        return new PublishedProgram(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>How long a run takes from its start to its end; it must print little.</summary>
    public static TimeSpan Time(string file, params string[] arguments) => Time(file, arguments, socket: null);

    /// <summary>How long a run takes that speaks with the daemon on a socket.</summary>
    public static TimeSpan Time(string file, string[] arguments, string? socket)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Start(file, arguments, socket);
        Wait(process);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Begins a run.</summary>
    public static Process Start(string file, string[] arguments, string? socket = null)
    {
        Assert.True(File.Exists(Path), $"{Path} is missing. './run publish' makes it.");
        ProcessStartInfo start = new(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NO_COLOR"] = "1";
        if (socket is not null)
        {
            start.Environment["PARKER_SOCKET"] = socket;
        }

        return Process.Start(start)!;
    }

    private static void Wait(Process process)
    {
        if (!process.WaitForExit(Limit))
        {
            process.Kill();
            Assert.Fail($"'{process.StartInfo.FileName}' was not done after {Limit.TotalSeconds} seconds.");
        }
    }
}
