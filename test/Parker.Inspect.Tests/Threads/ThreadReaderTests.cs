using Parker.Inspect.Kernels;
using Parker.Inspect.Tests.Synthetic;
using Parker.Inspect.Threads;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Tests.Threads;

public sealed class ThreadReaderTests
{
    private const int First = ThreadTables.First;
    private const int TaskSize = ThreadTables.TaskSize;

    private readonly SyntheticKernel _kernel = new();

    public ThreadReaderTests()
    {
        TypeTables types = new();
        ThreadTables.AddTypes(types);
        SymbolTables.Write(_kernel, types, hasAbsoluteSymbols: true, ("init_task", ThreadTables.FirstTask));
        ThreadTables.Write(_kernel);
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
        ThreadTables.Pointer(_kernel, First + (2 * TaskSize), First + (1 * TaskSize));
        ThreadListing listing = Read();
        Assert.False(listing.IsComplete);
        Assert.InRange(listing.Threads.Count, 1, 4);
    }

    [Fact]
    public void List_that_changed_once_while_it_was_read_is_read_anew()
    {
        int reads = 0;
        ThreadTables.Pointer(_kernel, First + (2 * TaskSize) + 8, 0x1234);
        _kernel.Memory.BeforeRead = (address, _) =>
        {
            if (address.Value - _kernel.Memory.Start.Value == First + (2 * TaskSize) && ++reads == 2)
            {
                ThreadTables.Pointer(_kernel, First + (2 * TaskSize) + 8, First + (1 * TaskSize));
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
}
