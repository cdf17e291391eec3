using System.Globalization;
using System.Text;
using Parker.Machine.Topology.Reading;

namespace Parker.Machine.Topology.Sources;

/// <summary>Passes questions on to another source and remembers what was asked and answered, so that a capture holds exactly what was read.</summary>
/// <remarks>
/// Of the kernel log only the lines that <see cref="KernelLogFilter"/> lets through are remembered: the rest can name people and files. Not safe for use by several
/// threads at once.
/// </remarks>
public sealed class RecordingMachineSource : IMachineSource
{
    private readonly IMachineSource _inner;
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _folders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _denied = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _failed = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(int Cpu, uint Register), ulong> _registers = [];
    private IReadOnlyList<string>? _log;
    private TscReading? _tsc;

    /// <summary>A recorder before <paramref name="inner"/>.</summary>
    public RecordingMachineSource(IMachineSource inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
    }

    /// <summary>What was asked, is there, and may not be read by this user; sorted. <see cref="CaptureLayout"/> tells which paths stand for what is no file.</summary>
    public IReadOnlyCollection<string> Denied => _denied;

    /// <summary>What was asked, is there, and could not be read; sorted.</summary>
    public IReadOnlyCollection<string> Failed => _failed;

    /// <summary>The files that were read, by path as asked; for those who want to read the same.</summary>
    public IReadOnlyCollection<string> Files => _files.Keys;

    /// <inheritdoc/>
    public SourceStatus TryRead(string path, out byte[] content)
    {
        SourceStatus status = _inner.TryRead(path, out content);
        if (Note(path, status))
        {
            _files[path] = content;
        }

        return status;
    }

    /// <inheritdoc/>
    public SourceStatus TryList(string path, out IReadOnlyList<string> names)
    {
        SourceStatus status = _inner.TryList(path, out names);
        if (Note(path, status))
        {
            _folders[path.TrimEnd('/')] = names;
        }

        return status;
    }

    /// <inheritdoc/>
    public SourceStatus TryReadLink(string path, out string target)
    {
        // What is no link may still be read as a file, so that an answer other than yes says nothing that a capture would have to repeat.
        SourceStatus status = _inner.TryReadLink(path, out target);
        if (status == SourceStatus.Ok)
        {
            _links[path] = target;
        }
        else if (status == SourceStatus.Denied)
        {
            _denied.Add(path);
        }

        return status;
    }

    /// <inheritdoc/>
    public bool Exists(string path)
    {
        bool exists = _inner.Exists(path);
        if (exists)
        {
            _seen.Add(path);
        }

        return exists;
    }

    /// <inheritdoc/>
    public SourceStatus TryReadMsr(int cpu, uint register, out ulong value)
    {
        SourceStatus status = _inner.TryReadMsr(cpu, register, out value);
        if (status == SourceStatus.Ok)
        {
            _registers[(cpu, register)] = value;
        }
        else if (status == SourceStatus.Denied)
        {
            _denied.Add(CaptureLayout.MsrDevice(cpu));
        }
        else if (status == SourceStatus.Failed)
        {
            _failed.Add(CaptureLayout.MsrDevice(cpu));
        }

        return status;
    }

    /// <inheritdoc/>
    public SourceStatus TryReadKernelLog(out IReadOnlyList<string> lines)
    {
        SourceStatus status = _inner.TryReadKernelLog(out lines);
        if (Note(CaptureLayout.KernelLogDevice, status))
        {
            _log = [.. lines.Where(KernelLogFilter.TellsHowTheMachineCameUp)];
        }

        return status;
    }

    /// <inheritdoc/>
    public SourceStatus TryReadTsc(out TscReading frequency)
    {
        SourceStatus status = _inner.TryReadTsc(out frequency);
        if (Note(CaptureLayout.Tsc, status))
        {
            _tsc = frequency;
        }

        return status;
    }

    /// <summary>Writes all that was answered so far, in the layout of <see cref="CaptureLayout"/>.</summary>
    /// <remarks>
    /// What stands below a symbolic link is written where the link leads. A name that was seen in a folder and not read becomes an empty file that is listed in
    /// <see cref="CaptureLayout.Failed"/>, so that a later reader does not take it for missing or for empty.
    /// </remarks>
    public void WriteTo(ICaptureSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        CaptureTree tree = new(_links);
        HashSet<string> failed = new(_failed, StringComparer.Ordinal);
        foreach ((string path, string target) in _links)
        {
            tree.AddLink(path, target);
        }

        foreach ((string path, byte[] content) in _files)
        {
            tree.AddFile(path, content);
        }

        foreach (string path in _seen.Concat(_denied.Concat(_failed).Where(IsFileOfTheMachine)))
        {
            tree.AddPlaceholder(path);
        }

        foreach (string path in _folders.Keys)
        {
            tree.AddFolder(path);
        }

        foreach ((string folder, IReadOnlyList<string> names) in _folders)
        {
            foreach (string name in names)
            {
                string path = folder + "/" + name;
                if (tree.AddPlaceholder(path) && !_denied.Contains(path))
                {
                    failed.Add(path);
                }
            }
        }

        AddFacts(tree, failed);
        tree.WriteTo(sink);
    }

    // The log and the registers have their devices' names in these lists, but the device itself may not be there.
    private static bool IsFileOfTheMachine(string path) =>
        !path.StartsWith("/.parker/", StringComparison.Ordinal)
        && path != CaptureLayout.KernelLogDevice
        && !(path.StartsWith("/dev/cpu/", StringComparison.Ordinal) && path.EndsWith("/msr", StringComparison.Ordinal));

    private static byte[] Text(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    private void AddFacts(CaptureTree tree, HashSet<string> failed)
    {
        if (_log is not null)
        {
            tree.AddFile(CaptureLayout.KernelLog, Text(_log));
        }

        if (_registers.Count > 0)
        {
            tree.AddFile(
                CaptureLayout.Msr,
                Text(_registers.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key.Cpu} 0x{pair.Key.Register:x} 0x{pair.Value:x}"))));
        }

        if (_tsc is TscReading tsc)
        {
            tree.AddFile(CaptureLayout.Tsc, Text([string.Create(CultureInfo.InvariantCulture, $"{tsc.Hertz:R} {tsc.Source} {tsc.Evidence}")]));
        }

        if (_denied.Count > 0)
        {
            tree.AddFile(CaptureLayout.Denied, Text(_denied));
        }

        if (failed.Count > 0)
        {
            tree.AddFile(CaptureLayout.Failed, Text(failed.Order(StringComparer.Ordinal)));
        }
    }

    private bool Note(string path, SourceStatus status)
    {
        if (status == SourceStatus.Denied)
        {
            _denied.Add(path);
        }
        else if (status == SourceStatus.Failed)
        {
            _failed.Add(path);
        }

        return status == SourceStatus.Ok;
    }
}
