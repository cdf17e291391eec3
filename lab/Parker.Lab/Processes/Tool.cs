using System.ComponentModel;
using System.Diagnostics;

namespace Parker.Lab.Processes;

/// <summary>A program of this machine that runs to its end.</summary>
internal static class Tool
{
    /// <summary>Runs it and gives its standard output.</summary>
    /// <exception cref="LabException">It is missing, failed, or did not end in time.</exception>
    public static byte[] Run(string program, IReadOnlyList<string> arguments, TimeSpan timeout, string? folder = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? "",
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new LabException($"{program} is missing on this machine: {e.Message}. ./run lab installs what the lab needs.", e);
        }

        using (process)
        {
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            using MemoryStream output = new();
            Task copy = process.StandardOutput.BaseStream.CopyToAsync(output);
            if (!process.WaitForExit(timeout))
            {
                process.Kill(entireProcessTree: true);
                throw new LabException($"{program} {string.Join(' ', arguments)} did not end within {timeout.TotalSeconds:F0} s and was killed.");
            }

            Task.WaitAll(errors, copy);
            return process.ExitCode == 0
                ? output.ToArray()
                : throw new LabException($"{program} {string.Join(' ', arguments)} failed with exit code {process.ExitCode}: {errors.Result.Trim()}");
        }
    }
}
