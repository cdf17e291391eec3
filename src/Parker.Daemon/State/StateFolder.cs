using System.Diagnostics;
using System.Globalization;

namespace Parker.Daemon.State;

/// <summary>The folder that state survives a command in, and its lock: one writer at a time.</summary>
/// <remarks><c>/run</c> is emptied by a reboot of the Boot Kernel, as partitions are.</remarks>
public sealed class StateFolder
{
    private StateFolder(string path) => Path = path;

    /// <summary>Where it is unless asked otherwise.</summary>
    public static string DefaultPath => "/run/parker";

    /// <summary>The folder's path.</summary>
    public string Path { get; }

    /// <summary>The journal.</summary>
    public string Journal => System.IO.Path.Combine(Path, "journal");

    /// <summary>The socket of the API.</summary>
    public string Socket => System.IO.Path.Combine(Path, "parker.sock");

    /// <summary>Where logs of earlier boots are kept: beside the default folder, which a reboot empties, else within.</summary>
    public string Logs => Path == DefaultPath ? "/var/lib/parker/logs" : System.IO.Path.Combine(Path, "logs");

    /// <summary>Where dumps that nobody asked for are kept, likewise.</summary>
    public string Dumps => Path == DefaultPath ? "/var/lib/parker/dumps" : System.IO.Path.Combine(Path, "dumps");

    private string LockFile => System.IO.Path.Combine(Path, "lock");

    /// <summary>Opens the folder, and makes it where it is not there: all can go through it to the socket, only its owner can look into it.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="UnauthorizedAccessException">Without the right to.</exception>
    public static StateFolder Open(string path)
    {
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return new StateFolder(path);
    }

    /// <summary>Takes the lock.</summary>
    /// <param name="timeout">How long to wait for another holder.</param>
    /// <returns>Disposing of it gives the lock back; so does the end of the process.</returns>
    /// <exception cref="IOException">Another process holds it for longer; the message names it.</exception>
    public IDisposable Lock(TimeSpan timeout)
    {
        long begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                // FileShare.None is flock(2) with LOCK_EX: the kernel gives it back when the process ends, however it ends.
                // Whoever could open it could hold it: only its owner can.
                FileStream file = new(LockFile, new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                    BufferSize = 1,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                });
                WriteHolder(file);
                return file;
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(begun) < timeout && File.Exists(LockFile))
            {
                Thread.Sleep(20);
            }
            catch (IOException failure)
            {
                throw new IOException($"{LockFile} is held by {ReadHolder()}, which changes the machine. Wait until it has ended. ({failure.Message})", failure);
            }
        }
    }

    private string HolderFile => LockFile + ".holder";

    private void WriteHolder(FileStream held)
    {
        try
        {
            File.WriteAllText(HolderFile, string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId}"));
        }
        catch (IOException)
        {
            // Such as a full file system: without the lock nothing is changed.
            held.Dispose();
            throw;
        }
    }

    // Empty where the holder is about to write it.
    private string ReadHolder() => File.Exists(HolderFile) && File.ReadAllText(HolderFile) is { Length: > 0 } holder ? holder : "another process";
}
