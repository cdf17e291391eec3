using System.Text;
using Parker.Inspect.Kernels;
using Parker.Inspect.Tests.Synthetic;
using Parker.Inspect.Threads;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Tests.Threads;

public sealed class ThreadReaderTests
{
    private const int First = 0x50000;
    private const int TaskSize = 256;
    private const int SignalsOffset = 0x60000;

    private readonly SyntheticKernel _kernel = new();

    public ThreadReaderTests()
    {
        SymbolTables.Write(_kernel, Types(), hasAbsoluteSymbols: true, ("init_task", SyntheticKernel.Image + First));
        Task(0, 0, 0, "swapper");
        Task(1, 1, 1, "init", state: 1);
        Task(2, 2, 2, "kthreadd", flags: 0x0020_0000, state: 0x402);
        Task(3, 1, 3, "worker");
        Link(0, [0, 1, 2]);
        Link(16, [1, 3], SignalsOffset + (1 * 16));
        Link(16, [2], SignalsOffset + (2 * 16));
    }

    [Fact]
    public void Processes_and_their_threads_are_listed()
    {
        ThreadListing listing = Read();
        Assert.True(listing.IsComplete);
        Assert.Equal([(1, 1, "init"), (3, 1, "worker"), (2, 2, "kthreadd")], listing.Threads.Select(thread => (thread.ThreadId, thread.ProcessId, thread.Name)));
        Assert.Equal([TaskState.Sleeping, TaskState.Running, TaskState.Idle], listing.Threads.Select(thread => thread.State));
        Assert.Equal([false, false, true], listing.Threads.Select(thread => thread.IsKernelThread));
        Assert.Equal(TimeSpan.FromMilliseconds(3), listing.Threads[1].CpuTime);
    }

    [Fact]
    public void List_that_runs_in_a_circle_ends_and_is_not_called_complete()
    {
        Pointer(First + (2 * TaskSize), First + (1 * TaskSize));
        ThreadListing listing = Read();
        Assert.False(listing.IsComplete);
        Assert.InRange(listing.Threads.Count, 1, 4);
    }

    [Fact]
    public void List_that_changed_once_while_it_was_read_is_read_anew()
    {
        int reads = 0;
        Pointer(First + (2 * TaskSize) + 8, 0x1234);
        _kernel.Memory.BeforeRead = (address, _) =>
        {
            if (address.Value - _kernel.Memory.Start.Value == First + (2 * TaskSize) && ++reads == 2)
            {
                Pointer(First + (2 * TaskSize) + 8, First + (1 * TaskSize));
            }
        };
        Assert.True(Read().IsComplete);
    }

    private ThreadListing Read()
    {
        DiagnosticBag diagnostics = [];
        ThreadReader? reader = ThreadReader.TryOpen(ApplicationKernel.TryOpen(_kernel.Memory, null, diagnostics)!, diagnostics);
        Assert.Empty(diagnostics);
        return reader!.Read();
    }

    private void Task(int index, int process, int id, string name, uint flags = 0, uint state = 0)
    {
        int at = First + (index * TaskSize);
        Pointer(at + 32, SignalsOffset + (process * 16));
        _kernel.Half(at + 40, (uint)id);
        _kernel.Half(at + 44, (uint)process);
        Encoding.ASCII.GetBytes(name, _kernel.Memory.Bytes.AsSpan(at + 56));
        _kernel.Half(at + 72, state);
        _kernel.Half(at + 80, flags);
        _kernel.Word(at + 88, (ulong)id * 1_000_000);
    }

    /// <summary>Makes a ring of list entries; with a head of its own, or of the first task's entry.</summary>
    private void Link(int entry, int[] tasks, int? head = null)
    {
        int[] entries = [.. head is int own ? [own] : Array.Empty<int>(), .. tasks.Select(task => First + (task * TaskSize) + entry)];
        for (int i = 0; i < entries.Length; i++)
        {
            int next = entries[(i + 1) % entries.Length];
            Pointer(entries[i], next);
            Pointer(next + 8, entries[i]);
        }
    }

    private void Pointer(int at, int target) => _kernel.Word(at, SyntheticKernel.Image + (ulong)target);

    private static TypeTables Types()
    {
        TypeTables tables = new();
        int number = tables.Integer("unsigned int", 4);
        int word = tables.Integer("unsigned long", 8);
        int name = tables.Array(number, 4);
        int list = tables.Structure("list_head", 16, ("next", word, 0), ("prev", word, 8));
        int thread = tables.Structure("thread_info", 4, ("cpu", number, 0));
        int entity = tables.Structure("sched_entity", 8, ("sum_exec_runtime", word, 0));
        tables.Structure("signal_struct", 16, ("thread_head", list, 0));
        tables.Structure(
            "task_struct",
            TaskSize,
            ("tasks", list, 0),
            ("thread_node", list, 16),
            ("signal", word, 32),
            ("pid", number, 40),
            ("tgid", number, 44),
            ("real_parent", word, 48),
            ("comm", name, 56),
            ("__state", number, 72),
            ("exit_state", number, 76),
            ("flags", number, 80),
            ("thread_info", thread, 84),
            ("se", entity, 88),
            ("start_boottime", word, 96),
            ("mm", word, 104));
        return tables;
    }
}
