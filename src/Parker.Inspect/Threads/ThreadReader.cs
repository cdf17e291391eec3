using System.Buffers.Binary;
using System.Text;
using Parker.Inspect.Addressing;
using Parker.Inspect.Kernels;
using Parker.Inspect.Usage;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Threads;

/// <summary>Lists the threads of a kernel, which may run meanwhile.</summary>
/// <remarks>
/// The kernel's list is followed without its locks. Each step checks that the next entry points back: where it does not, the list was changed in between, and the walk
/// begins anew, a few times. Source: <c>include/linux/sched.h</c>, <c>include/linux/sched/signal.h</c> (<c>for_each_process_thread</c>).
/// </remarks>
public sealed class ThreadReader
{
    private const int MostThreads = 1 << 18;
    private const int MostTries = 4;
    private const int HighestId = 1 << 22;
    private const int LongestCommand = 4096;
    private const uint KernelThreadFlag = 0x0020_0000;
    private const uint NoLoad = 0x400;
    private const uint Uninterruptible = 2;
    private const uint Reported = 0x7F;
    private const int PageShift = 12;

    private readonly ApplicationKernel _kernel;
    private readonly ThreadFields _fields;
    private readonly VirtualAddress _first;
    private readonly PerCpuArea? _perCpu;

    private ThreadReader(ApplicationKernel kernel, ThreadFields fields, VirtualAddress first, PerCpuArea? perCpu)
    {
        _kernel = kernel;
        _fields = fields;
        _first = first;
        _perCpu = perCpu;
    }

    /// <summary>Looks up what is needed.</summary>
    /// <returns>Null where the kernel does not tell: <c>INS005</c> to <c>INS007</c>.</returns>
    public static ThreadReader? TryOpen(ApplicationKernel kernel, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (kernel.TryOpenTypes(diagnostics) is not Types.KernelTypes types || kernel.TryOpenSymbols(diagnostics) is not Symbols.KernelSymbols symbols)
        {
            return null;
        }

        string place = $"kernel {kernel.Info.Release}";
        if (symbols.Find("init_task") is not VirtualAddress first)
        {
            diagnostics.Error("INS007", place, "Its symbols do not have init_task.", "A kernel with CONFIG_KALLSYMS_ALL has.");
            return null;
        }

        return ThreadFields.TryCreate(types, place, diagnostics) is ThreadFields fields ? new ThreadReader(kernel, fields, first, PerCpuArea.TryOpen(kernel)) : null;
    }

    /// <summary>Lists the threads as they are now.</summary>
    public ThreadListing Read()
    {
        ThreadListing best = new([], IsComplete: false);
        for (int tried = 0; tried < MostTries && !best.IsComplete; tried++)
        {
            _kernel.Memory.Forget();
            List<ThreadInformation> threads = [];
            ThreadListing listing = new(threads, ReadInto(threads));
            best = listing.IsComplete || threads.Count > best.Threads.Count ? listing : best;
        }

        return best;
    }

    private bool ReadInto(List<ThreadInformation> threads)
    {
        byte[] task = new byte[_fields.TaskSize];
        IReadOnlyList<ulong> parts = _perCpu?.Offsets() ?? [];
        VirtualAddress head = _first + (ulong)_fields.Tasks;
        VirtualAddress previous = head;
        VirtualAddress? next = _kernel.Memory.ReadPointer(head);
        while (next is VirtualAddress node && node != head)
        {
            VirtualAddress leader = node - (ulong)_fields.Tasks;
            if (!TryReadTask(leader, task, _fields.Tasks, previous) || threads.Count >= MostThreads)
            {
                return false;
            }

            next = PointerIn(task, _fields.Tasks);
            previous = node;
            if (!ReadProcess(leader, task, threads, parts))
            {
                return false;
            }
        }

        return next is not null;
    }

    /// <summary>Reads the threads of the process whose leader <paramref name="task"/> holds; overwrites that.</summary>
    private bool ReadProcess(VirtualAddress leader, byte[] task, List<ThreadInformation> threads, IReadOnlyList<ulong> parts)
    {
        ProcessMemory memory = ReadMemory(task, parts);
        VirtualAddress head = new VirtualAddress(WordIn(task, _fields.Signal)) + (ulong)_fields.ThreadHead;
        if (Add(threads, task, memory) is false)
        {
            return false;
        }

        // A process that ends may have no list any more; its leader is what there is of it.
        VirtualAddress previous = head;
        VirtualAddress? next = WordIn(task, _fields.Signal) == 0 ? head : _kernel.Memory.ReadPointer(head);
        while (next is VirtualAddress node && node != head)
        {
            if (!TryReadTask(node - (ulong)_fields.ThreadNode, task, _fields.ThreadNode, previous) || threads.Count >= MostThreads)
            {
                return false;
            }

            if (node - (ulong)_fields.ThreadNode != leader && !Add(threads, task, memory))
            {
                return false;
            }

            next = PointerIn(task, _fields.ThreadNode);
            previous = node;
        }

        return next is not null;
    }

    /// <summary>Copies a task, if its list entry points back to the one before.</summary>
    private bool TryReadTask(VirtualAddress address, byte[] task, int entry, VirtualAddress previous) =>
        _kernel.Memory.TryRead(address, task) && PointerIn(task, entry + 8) == previous;

    private bool Add(List<ThreadInformation> threads, byte[] task, ProcessMemory memory)
    {
        uint id = HalfIn(task, _fields.Pid);
        uint process = HalfIn(task, _fields.Tgid);
        if (id is 0 or > HighestId || process is 0 or > HighestId)
        {
            return false;
        }

        ReadOnlySpan<byte> name = task.AsSpan(_fields.Comm, 16);
        int end = name.IndexOf((byte)0);
        uint? parent = PointerIn(task, _fields.Parent) is VirtualAddress address ? _kernel.Memory.ReadUInt32(address + (ulong)_fields.Tgid) : null;
        threads.Add(new ThreadInformation
        {
            ThreadId = (int)id,
            ProcessId = (int)process,
            ParentId = parent is <= HighestId ? (int)parent : 0,
            Name = Encoding.UTF8.GetString(end < 0 ? name : name[..end]),
            Command = memory.Command,
            State = StateOf(HalfIn(task, _fields.State), HalfIn(task, _fields.ExitState)),
            IsKernelThread = (HalfIn(task, _fields.Flags) & KernelThreadFlag) != 0,
            Cpu = _fields.Cpu is int cpu ? unchecked((int)HalfIn(task, cpu)) : -1,
            CpuTime = KernelTime.Of(WordIn(task, _fields.SumExecRuntime)),
            Started = KernelTime.Of(WordIn(task, _fields.StartTime)),
            ResidentBytes = memory.ResidentBytes,
            VirtualBytes = memory.VirtualBytes,
        });
        return true;
    }

    // task_state_index (include/linux/sched.h): the highest bit of what is reported.
    private static TaskState StateOf(uint state, uint exitState)
    {
        if ((state & (NoLoad | Uninterruptible)) == (NoLoad | Uninterruptible))
        {
            return TaskState.Idle;
        }

        uint reported = (state | exitState) & Reported;
        return reported == 0 && state != 0 ? TaskState.DiskSleep : (TaskState)(32 - (int)uint.LeadingZeroCount(reported));
    }

    private ProcessMemory ReadMemory(byte[] task, IReadOnlyList<ulong> parts)
    {
        if (_fields.Memory is not MemoryFields fields || PointerIn(task, _fields.Mm) is not VirtualAddress mm)
        {
            return new ProcessMemory(0, 0, "");
        }

        KernelMemory memory = _kernel.Memory;
        long resident = 0;
        foreach (int counter in (int[])[0, 1, 3])
        {
            // Pages of files, of no file, and shared; number 2 is what was swapped out.
            VirtualAddress at = mm + (ulong)(fields.ResidentCounters + (counter * fields.CounterStride));
            resident = unchecked(resident + (long)(memory.ReadUInt64(at + (ulong)fields.CounterValue) ?? 0));
            if (fields.CounterParts is int pointer && memory.ReadUInt64(at + (ulong)pointer) is ulong part and not 0)
            {
                foreach (ulong offset in parts)
                {
                    resident = unchecked(resident + (int)(memory.ReadUInt32(new VirtualAddress(part) + offset) ?? 0));
                }
            }
        }

        ulong mapped = memory.ReadUInt64(mm + (ulong)fields.MappedPages) ?? 0;
        return new ProcessMemory(BytesOf(resident < 0 ? 0 : (ulong)resident), BytesOf(mapped), ReadCommand(mm, fields));
    }

    private static ulong BytesOf(ulong pages) => pages <= ulong.MaxValue >> PageShift ? pages << PageShift : 0;

    private string ReadCommand(VirtualAddress mm, MemoryFields fields)
    {
        KernelMemory memory = _kernel.Memory;
        if (memory.ReadUInt64(mm + (ulong)fields.ArgumentsStart) is not ulong start
            || memory.ReadUInt64(mm + (ulong)fields.ArgumentsEnd) is not ulong end
            || end <= start
            || memory.ReadPointer(mm + (ulong)fields.TableRoot) is not VirtualAddress root
            || memory.OfProcess(root) is not PagedMemory process)
        {
            return "";
        }

        byte[] bytes = new byte[Math.Min(end - start, LongestCommand)];
        return process.TryRead(new VirtualAddress(start), bytes) ? Encoding.UTF8.GetString(bytes).TrimEnd('\0').Replace('\0', ' ') : "";
    }

    private static ulong WordIn(byte[] task, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(task.AsSpan(offset));

    private static uint HalfIn(byte[] task, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(task.AsSpan(offset));

    private static VirtualAddress? PointerIn(byte[] task, int offset) => WordIn(task, offset) is ulong value and not 0 ? new VirtualAddress(value) : null;

    private sealed record ProcessMemory(ulong ResidentBytes, ulong VirtualBytes, string Command);
}
