using System.ComponentModel;
using System.Diagnostics;

namespace Parker.Lab.Servers;

/// <summary>A QEMU that ends with this process, however this one ends.</summary>
internal sealed class QemuProcess : IDisposable
{
    // Kills QEMU when standard input ends, which it does when whoever holds its other end is gone; ends as QEMU does.
    private const string Guard = """exec 3<&0; "$@" 3<&- & q=$!; { cat <&3; kill -9 $q; } >/dev/null 2>&1 & w=$!; wait $q; s=$?; kill $w 2>/dev/null; exit $s""";
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Task _log;

    private QemuProcess(Process process, string logFile)
    {
        _process = process;
        _log = Task.WhenAll(Copy(process.StandardOutput, logFile), Copy(process.StandardError, logFile + ".err"));
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Its exit code; 137 where it was killed.</summary>
    public int ExitCode => _process.ExitCode;

    /// <exception cref="LabException">QEMU is not installed.</exception>
    public static QemuProcess Start(IReadOnlyList<string> arguments, string logFile)
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", Guard, "sh", QemuArguments.Program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return new QemuProcess(Process.Start(start)!, logFile);
        }
        catch (Win32Exception e)
        {
            throw new LabException($"QEMU cannot be started: {e.Message}", e);
        }
    }

    public bool WaitForExit(TimeSpan timeout) => _process.WaitForExit(timeout);

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(KillPatience))
        {
            _process.Kill(entireProcessTree: true);
        }

        _log.Wait(KillPatience);
        _process.Dispose();
    }

    private static async Task Copy(StreamReader reader, string file)
    {
        FileStream target = new(file, FileMode.Create, FileAccess.Write, FileShare.Read);
        await using (target.ConfigureAwait(false))
        {
            await reader.BaseStream.CopyToAsync(target).ConfigureAwait(false);
        }
    }
}
