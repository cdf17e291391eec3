using System.Globalization;
using System.Text;

namespace Parker.Machine.Topology.Sources;

/// <summary>What a captured tree tells in its <c>.parker</c> folder: kernel log, registers, frequency, and what could not be captured.</summary>
internal sealed class CaptureFacts
{
    private readonly ReadFile _read;
    private readonly HashSet<string> _denied;
    private readonly HashSet<string> _failed;
    private Dictionary<(int Cpu, uint Register), ulong>? _msr;

    /// <param name="read">Reads a file of the tree.</param>
    public CaptureFacts(ReadFile read)
    {
        _read = read;
        _denied = ReadPaths(CaptureLayout.Denied);
        _failed = ReadPaths(CaptureLayout.Failed);
    }

    /// <summary>Reads a file of the tree whatever the lists say of it.</summary>
    public delegate SourceStatus ReadFile(string path, out byte[] content);

    /// <summary>Denied or failed where the tree says so of a path, else <see cref="SourceStatus.Ok"/>.</summary>
    public SourceStatus StatusOf(string path) =>
        _denied.Contains(path) ? SourceStatus.Denied : _failed.Contains(path) ? SourceStatus.Failed : SourceStatus.Ok;

    public SourceStatus TryReadMsr(int cpu, uint register, out ulong value)
    {
        _msr ??= ReadRegisters();
        return _msr.TryGetValue((cpu, register), out value) ? SourceStatus.Ok : StatusOf(CaptureLayout.MsrDevice(cpu)) switch
        {
            SourceStatus.Ok => SourceStatus.Missing,
            SourceStatus status => status,
        };
    }

    public SourceStatus TryReadKernelLog(out IReadOnlyList<string> lines)
    {
        lines = [];
        SourceStatus status = StatusOf(CaptureLayout.KernelLogDevice);
        if (status == SourceStatus.Ok)
        {
            status = _read(CaptureLayout.KernelLog, out byte[] content);
            lines = Lines(content);
        }

        return status;
    }

    public SourceStatus TryReadTsc(out TscReading frequency)
    {
        frequency = default;
        SourceStatus status = StatusOf(CaptureLayout.Tsc);
        if (status != SourceStatus.Ok)
        {
            return status;
        }

        status = _read(CaptureLayout.Tsc, out byte[] content);
        if (status != SourceStatus.Ok)
        {
            return status;
        }

        string[] words = Encoding.UTF8.GetString(content).Trim().Split(' ', 3);
        if (words.Length < 2
            || !double.TryParse(words[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double hertz)
            || !double.IsFinite(hertz)
            || hertz <= 0
            || !Enum.TryParse(words[1], out TscSource source)
            || source is not (TscSource.PerfEvent or TscSource.Measured))
        {
            return SourceStatus.Failed;
        }

        frequency = new TscReading(hertz, source, words.Length > 2 ? words[2] : "");
        return SourceStatus.Ok;
    }

    private static List<string> Lines(byte[] content)
    {
        List<string> lines = [];
        foreach (ReadOnlySpan<char> line in Encoding.UTF8.GetString(content).AsSpan().EnumerateLines())
        {
            if (!line.IsEmpty)
            {
                lines.Add(line.ToString());
            }
        }

        return lines;
    }

    private static ReadOnlySpan<char> WithoutPrefix(string word) => word.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? word.AsSpan(2) : word;

    private HashSet<string> ReadPaths(string path)
    {
        _read(path, out byte[] content);
        return new HashSet<string>(Lines(content), StringComparer.Ordinal);
    }

    private Dictionary<(int Cpu, uint Register), ulong> ReadRegisters()
    {
        Dictionary<(int Cpu, uint Register), ulong> registers = [];
        _read(CaptureLayout.Msr, out byte[] content);
        foreach (string line in Lines(content))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 3
                && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int cpu)
                && uint.TryParse(WithoutPrefix(words[1]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint register)
                && ulong.TryParse(WithoutPrefix(words[2]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value))
            {
                registers[(cpu, register)] = value;
            }
        }

        return registers;
    }
}
