using Parker.Inspect.Types;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Threads;

/// <summary>Where the fields lie that a listing of threads reads, in one kernel.</summary>
internal sealed record ThreadFields
{
    // The largest task_struct of any configuration is below 16 KiB.
    private const int LargestTask = 1 << 16;

    private ThreadFields(int taskSize) => TaskSize = taskSize;

    public int TaskSize { get; }

    public required int Tasks { get; init; }

    public required int ThreadNode { get; init; }

    public required int Signal { get; init; }

    public required int ThreadHead { get; init; }

    public required int Pid { get; init; }

    public required int Tgid { get; init; }

    public required int Parent { get; init; }

    public required int Comm { get; init; }

    public required int State { get; init; }

    public required int ExitState { get; init; }

    public required int Flags { get; init; }

    public required int? Cpu { get; init; }

    public required int SumExecRuntime { get; init; }

    public required int StartTime { get; init; }

    public required int Mm { get; init; }

    public required MemoryFields? Memory { get; init; }

    /// <summary>Looks the fields up.</summary>
    /// <returns>Null where one that is needed is missing or lies outside its structure: <c>INS007</c>.</returns>
    public static ThreadFields? TryCreate(KernelTypes types, string place, DiagnosticBag diagnostics)
    {
        List<string> missing = [];
        int taskSize = types.SizeOf("task_struct") is int size and <= LargestTask ? size : 0;
        int? Optional(string field, int width) => types.Find("task_struct", field) is StructureField found && found.Offset <= taskSize - width ? found.Offset : null;
        int Needed(int? offset, string field)
        {
            if (offset is null)
            {
                missing.Add(field);
            }

            return offset ?? 0;
        }

        int Task(string field, int width) => Needed(Optional(field, width), $"task_struct.{field}");
        ThreadFields fields = new(taskSize)
        {
            Tasks = Task("tasks", 16),
            ThreadNode = Task("thread_node", 16),
            Signal = Task("signal", 8),
            ThreadHead = Needed(types.Find("signal_struct", "thread_head")?.Offset, "signal_struct.thread_head"),
            Pid = Task("pid", 4),
            Tgid = Task("tgid", 4),
            Parent = Task("real_parent", 8),
            Comm = Task("comm", 16),

            // __state since 5.14.
            State = Needed(Optional("__state", 4) ?? Optional("state", 4), "task_struct.__state"),
            ExitState = Task("exit_state", 4),
            Flags = Task("flags", 4),
            Cpu = Optional("thread_info.cpu", 4) ?? Optional("cpu", 4),
            SumExecRuntime = Task("se.sum_exec_runtime", 8),
            StartTime = Needed(Optional("start_boottime", 8) ?? Optional("start_time", 8), "task_struct.start_boottime"),
            Mm = Task("mm", 8),
            Memory = MemoryFields.TryCreate(types),
        };
        if (missing.Count == 0)
        {
            return fields;
        }

        diagnostics.Error("INS007", place, $"Its types do not have what a listing of threads needs: {string.Join(", ", missing.Take(4))}.", "/dev/mem maps the memory (its addresses are in 'parker status') for tools that know this kernel.");
        return null;
    }
}
