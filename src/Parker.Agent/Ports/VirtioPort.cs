using System.Diagnostics;

namespace Parker.Agent.Ports;

/// <summary>A virtio-serial port, found by the name that the host gave it.</summary>
/// <remarks>
/// drivers/char/virtio_console.c: a read gives 0 while the host's end is closed; a write then waits for it to open.
/// </remarks>
internal sealed class VirtioPort : IAgentPort
{
    private const int RetryMs = 20;

    // Without a buffer it has no state: one thread may read while others write in turn.
    private readonly FileStream _file;

    private VirtioPort(FileStream file) => _file = file;

    /// <summary>Waits for the port and opens it; null where it did not come in time.</summary>
    /// <exception cref="IOException">It is there and can not be opened, as when another agent has it.</exception>
    public static VirtioPort? Open(string name, TimeSpan patience)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (true)
        {
            if (Find(name) is string path && File.Exists(path))
            {
                return new VirtioPort(new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0));
            }

            if (clock.Elapsed >= patience)
            {
                return null;
            }

            Thread.Sleep(RetryMs);
        }
    }

    public int Read(Span<byte> buffer) => _file.Read(buffer);

    public void Write(ReadOnlySpan<byte> bytes) => _file.Write(bytes);

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
