using Parker.Inspect.Logs;
using Parker.Machine;

namespace Parker.Inspect.Kernels;

/// <summary>Tells a kernel that has panicked before it could say where its log is, by the texts that its memory has.</summary>
public static class EarlyPanic
{
    private const string Banner = "Linux version ";

    /// <summary>Looks for it in all of a memory.</summary>
    /// <returns>An observation with the panic and nothing else, times unknown (0); null where no such text is there.</returns>
    public static KernelObservation? Find(IPhysicalMemory memory)
    {
        IReadOnlyList<string> texts = EarlyLog.Find(memory);
        LogRecord? panic = texts
            .Select(text => new LogRecord { Sequence = 0, TimeNanoseconds = 0, Level = default, Facility = 0, Caller = null, Text = text.TrimEnd() })
            .FirstOrDefault(record => KernelTroubleText.Of(record) == KernelTrouble.Panic);
        return panic is null
            ? null
            : new KernelObservation
            {
                Release = texts[0].StartsWith(Banner, StringComparison.Ordinal) ? texts[0][Banner.Length..].Split(' ')[0] : "",
                Jiffies = null,
                Last = null,
                LastRecords = [],
                Troubles = new Dictionary<KernelTrouble, LogRecord> { [KernelTrouble.Panic] = panic },
                OutOfMemoryKills = 0,
            };
    }
}
