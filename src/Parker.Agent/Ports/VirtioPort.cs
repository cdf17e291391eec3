using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Parker.Agent.Ports;

/// <summary>A virtio-serial port, found by the name that the host gave it.</summary>
/// <remarks>
/// drivers/char/virtio_console.c: a read gives 0 while the host's end is closed; a write then waits for it to open.
/// </remarks>
internal sealed class VirtioPort : IAgentPort
{
    private const int RetryMs = 20;

    private readonly SafeFileHandle _file;

    private VirtioPort(SafeFileHandle file) => _file = file;

    /// <summary>Waits for the port and opens it; null where it did not come in time.</summary>
    /// <exception cref="IOException">It is there and can not be opened, as when another agent has it.</exception>
    public static VirtioPort? Open(string name, TimeSpan patience)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (true)
        {
            if (Find(name) is string path && File.Exists(path))
            {
                return new VirtioPort(File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite));
            }

            if (clock.Elapsed >= patience)
            {
                return null;
            }

            Thread.Sleep(RetryMs);
        }
    }

    public int Read(Span<byte> buffer) => RandomAccess.Read(_file, buffer, 0);

    public void Write(ReadOnlySpan<byte> bytes) => RandomAccess.Write(_file, bytes, 0);

    private static string? Find(string name)
    {
        const string Ports = "/sys/class/virtio-ports";
        if (!Directory.Exists(Ports))
        {
            return null;
        }

        foreach (string port in Directory.EnumerateFileSystemEntries(Ports))
        {
            string file = Path.Combine(port, "name");
            if (File.Exists(file) && File.ReadAllText(file).Trim() == name)
            {
                return "/dev/" + Path.GetFileName(port);
            }
        }

        return null;
    }
}
