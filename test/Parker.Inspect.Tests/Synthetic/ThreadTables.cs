using System.Text;

namespace Parker.Inspect.Tests.Synthetic;

/// <summary>Gives a synthetic kernel threads: swapper (0), init (1) with worker (3), kthreadd (2).</summary>
internal static class ThreadTables
{
    public const int First = 0x50000;
    public const int TaskSize = 256;

    private const int SignalsOffset = 0x60000;

    /// <summary>Where <c>init_task</c> lies.</summary>
    public const ulong FirstTask = SyntheticKernel.Image + First;

    /// <summary>Writes the threads, but neither symbols nor types.</summary>
    public static void Write(SyntheticKernel kernel)
    {
        Task(kernel, 0, 0, 0, "swapper");
        Task(kernel, 1, 1, 1, "init", state: 1);
        Task(kernel, 2, 2, 2, "kthreadd", flags: 0x0020_0000, state: 0x402);
        Task(kernel, 3, 1, 3, "worker");
        Link(kernel, 0, [0, 1, 2]);
        Link(kernel, 16, [1, 3], SignalsOffset + (1 * 16));
        Link(kernel, 16, [2], SignalsOffset + (2 * 16));
    }

    /// <summary>Points from one place of the image to another.</summary>
    public static void Pointer(SyntheticKernel kernel, int at, int target) => kernel.Word(at, SyntheticKernel.Image + (ulong)target);

    /// <summary>Adds the types of threads.</summary>
    public static void AddTypes(TypeTables tables)
    {
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
    }

    private static void Task(SyntheticKernel kernel, int index, int process, int id, string name, uint flags = 0, uint state = 0)
    {
        int at = First + (index * TaskSize);
        Pointer(kernel, at + 32, SignalsOffset + (process * 16));
        kernel.Half(at + 40, (uint)id);
        kernel.Half(at + 44, (uint)process);
        Encoding.ASCII.GetBytes(name, kernel.Memory.Bytes.AsSpan(at + 56));
        kernel.Half(at + 72, state);
        kernel.Half(at + 80, flags);
        kernel.Word(at + 88, (ulong)id * 1_000_000);
    }

    /// <summary>Makes a ring of list entries; with a head of its own, or of the first task's entry.</summary>
    private static void Link(SyntheticKernel kernel, int entry, int[] tasks, int? head = null)
    {
        int[] entries = [.. head is int own ? [own] : Array.Empty<int>(), .. tasks.Select(task => First + (task * TaskSize) + entry)];
        for (int i = 0; i < entries.Length; i++)
        {
            int next = entries[(i + 1) % entries.Length];
            Pointer(kernel, entries[i], next);
            Pointer(kernel, next + 8, entries[i]);
        }
    }
}
