using Parker.Daemon.Partitions;
using Parker.Inspect.Kernels;
using Parker.Inspect.Threads;
using Parker.Inspect.Usage;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Daemon.Inspection;

/// <summary>What is remembered of one boot of a kernel from one look to the next: where its data lies, and what its log said.</summary>
/// <remarks>For use by several threads at once, which look one after another.</remarks>
/// <param name="bootId">The boot.</param>
/// <param name="machine">Maps its memory.</param>
internal sealed class KernelSession(Guid bootId, IMachine machine)
{
    private readonly Lock _looks = new();
    private readonly SwitchedMemory _memory = new();
    private KernelObserver? _observer;
    private ThreadReader? _threads;
    private UsageReader? _usage;
    private volatile KernelObservation? _observation;
    private volatile PhysicalRangeSet _ranges = PhysicalRangeSet.Empty;
    private volatile PhysicalRangeSet _added = PhysicalRangeSet.Empty;
    private TimeSpan _nextEarlyLook = FirstEarlyLook;

    /// <summary>How long after its start a kernel without a heartbeat may hang or have panicked: what it said is looked for in all of its memory.</summary>
    public static TimeSpan FirstEarlyLook { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The boot.</summary>
    public Guid BootId => bootId;

    /// <summary>The partition's memory from the next look on.</summary>
    /// <param name="ranges">All of it.</param>
    /// <param name="added">What of it has come while the kernel ran.</param>
    public void SetMemory(PhysicalRangeSet ranges, PhysicalRangeSet added)
    {
        _ranges = ranges;
        _added = added;
    }

    /// <summary>What the last look at the log gave; null before the first, and while no kernel was found. Waits for nobody.</summary>
    public KernelObservation? Observation => _observation;

    /// <summary>Looks at the log.</summary>
    /// <param name="age">The time since the start.</param>
    public KernelObservation? Observe(TimeSpan age) => Look(() => _observation = Observer.Look(age) ?? _observation ?? LookEarly(age));

    // A kernel that hangs before it has said where its log is has no more to tell later: the pauses between such looks, which read all of its memory, double.
    private KernelObservation? LookEarly(TimeSpan age)
    {
        if (age < _nextEarlyLook)
        {
            return null;
        }

        _nextEarlyLook = age * 2;
        return EarlyPanic.Find(_memory);
    }

    /// <summary>Does something with the kernel, or with the memory where there is none yet.</summary>
    public T Use<T>(Func<ApplicationKernel, T> use, Func<IPhysicalMemory, T> otherwise) =>
        Look(() => Observer.TryFind([]) is ApplicationKernel kernel ? Looking(kernel, use) : otherwise(_memory));

    /// <summary>Reads the threads.</summary>
    /// <exception cref="RefusedException">The kernel does not tell.</exception>
    public ThreadListing ReadThreads() => Look(() =>
    {
        DiagnosticBag diagnostics = [];
        _threads ??= ThreadReader.TryOpen(Find(diagnostics), diagnostics) ?? throw new RefusedException([.. diagnostics]);
        return _threads.Read();
    });

    /// <summary>Reads how busy it is, and gives the time of the machine's clock at which that was.</summary>
    /// <exception cref="RefusedException">The kernel does not tell.</exception>
    public (KernelUsage Usage, TimeSpan Time) ReadUsage() => Look(() =>
    {
        DiagnosticBag diagnostics = [];
        _usage ??= UsageReader.TryOpen(Find(diagnostics), diagnostics) ?? throw new RefusedException([.. diagnostics]);
        return (_usage.Read(), machine.Clock.GetElapsedTime(0));
    });

    /// <summary>Reads what it is; null where there is no kernel yet.</summary>
    public KernelFacts? ReadFacts() => Look(() => Observer.TryFind([]) is ApplicationKernel kernel ? Looking(kernel, found => KernelFacts.Read(found, [], _added)) : null);

    private KernelObserver Observer => _observer ??= new KernelObserver(_memory);

    private ApplicationKernel Find(DiagnosticBag diagnostics)
    {
        ApplicationKernel kernel = Observer.TryFind(diagnostics) ?? throw new RefusedException([.. diagnostics]);
        kernel.Memory.Forget();
        return kernel;
    }

    private static T Looking<T>(ApplicationKernel kernel, Func<ApplicationKernel, T> use)
    {
        kernel.Memory.Forget();
        return use(kernel);
    }

    private T Look<T>(Func<T> act)
    {
        lock (_looks)
        {
            // Where a kernel has its data it says in the memory that it started with.
            PhysicalRangeSet ranges = _observer?.Kernel is null ? _ranges.Subtract(_added) : _ranges;
            using IMappedMemory mapping = machine.Map(ranges);
            _memory.Ranges = ranges;
            _memory.Mapping = mapping;
            try
            {
                return act();
            }
            finally
            {
                _memory.Mapping = null;

                // They are large, and each reader has what it needs of them.
                _observer?.Kernel?.ForgetTypes();
            }
        }
    }
}
