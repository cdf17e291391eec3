using Parker.Inspect.Addressing;
using Parker.Inspect.Logs;
using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Kernels;

/// <summary>Looks at one boot of a kernel again and again, and remembers what its log said.</summary>
/// <remarks>
/// A look at a kernel that was found and writes nothing reads a few words. Where none is found yet the memory is searched, at most at the times that <see cref="Look"/> gives.
/// Not for several threads at once.
/// </remarks>
/// <param name="memory">The partition's memory.</param>
public sealed class KernelObserver(IPhysicalMemory memory)
{
    /// <summary>How many last records are kept.</summary>
    public const int MostLastRecords = 20;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly Queue<LogRecord> _last = [];
    private readonly Dictionary<KernelTrouble, LogRecord> _troubles = [];
    private LogPosition _position;
    private int _kills;
    private VirtualAddress? _jiffies;
    private bool _knowsSymbols;
    private TimeSpan _nextSearch;
    private TimeSpan _pause = FirstPause;

    /// <summary>The kernel; null where none was found yet.</summary>
    public ApplicationKernel? Kernel { get; private set; }

    /// <summary>Finds the kernel now, whatever was looked for before.</summary>
    /// <returns>Null where there is none; <c>INS001</c>.</returns>
    public ApplicationKernel? TryFind(DiagnosticBag diagnostics) => Kernel ??= ApplicationKernel.TryOpen(memory, null, diagnostics);

    /// <summary>Looks.</summary>
    /// <param name="age">The time since the kernel was started. While none is found, it is searched for after 0, 0.5, 1.5, 3.5, ... seconds, then every 10.</param>
    /// <returns>Null where there is no kernel yet that says where its log is.</returns>
    public KernelObservation? Look(TimeSpan age)
    {
        if (Kernel is null)
        {
            if (age < _nextSearch)
            {
                return null;
            }

            _nextSearch = age + _pause;
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            if (TryFind([]) is null)
            {
                return null;
            }
        }

        Kernel!.Memory.Forget();
        IReadOnlyList<LogRecord> ahead = ReadLog(Kernel);
        Dictionary<KernelTrouble, LogRecord> troubles = new(_troubles);
        LogRecord[] last = [.. _last.Concat(ahead).TakeLast(MostLastRecords)];
        return new KernelObservation
        {
            Release = Kernel.Info.Release,
            Jiffies = ReadJiffies(Kernel),
            Last = last.Length > 0 ? last[^1] : null,
            LastRecords = last,
            Troubles = troubles,
            OutOfMemoryKills = _kills + ahead.Count(record => Note(record, troubles) == KernelTrouble.OutOfMemoryKill),
        };
    }

    /// <summary>Reads what came, and gives what may still change: records that are open, or lie behind one that is, as the last words of a kernel may do for ever.</summary>
    private IReadOnlyList<LogRecord> ReadLog(ApplicationKernel kernel)
    {
        if (kernel.TryOpenLog([]) is not PrintkRing ring)
        {
            return [];
        }

        LogReading reading = ring.Read(_position, includeOpen: false);
        _position = reading.Position;
        foreach (LogRecord record in reading.Records)
        {
            _last.Enqueue(record);
            if (_last.Count > MostLastRecords)
            {
                _last.Dequeue();
            }

            _kills += Note(record, _troubles) == KernelTrouble.OutOfMemoryKill ? 1 : 0;
        }

        return ring.Read(_position, includeOpen: true).Records;
    }

    private static KernelTrouble? Note(LogRecord record, Dictionary<KernelTrouble, LogRecord> troubles)
    {
        KernelTrouble? kind = KernelTroubleText.Of(record);
        switch (kind)
        {
            case KernelTrouble.Panic:
                troubles.TryAdd(KernelTrouble.Panic, record);
                break;
            case KernelTrouble other:
                troubles[other] = record;
                break;
        }

        return kind;
    }

    private ulong? ReadJiffies(ApplicationKernel kernel)
    {
        if (!_knowsSymbols)
        {
            _knowsSymbols = true;
            _jiffies = kernel.TryOpenSymbols([])?.Find("jiffies_64");
        }

        return _jiffies is VirtualAddress address ? kernel.Memory.ReadUInt64(address) : null;
    }
}
