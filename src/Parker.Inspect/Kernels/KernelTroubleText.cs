using Parker.Inspect.Logs;

namespace Parker.Inspect.Kernels;

/// <summary>Tells such lines from others.</summary>
/// <remarks>
/// As kernels from 5.10 to 6.12 write them: <c>kernel/panic.c</c>, <c>arch/x86/mm/fault.c</c>, <c>arch/x86/kernel/dumpstack.c</c>, <c>kernel/watchdog.c</c>, <c>kernel/rcu/tree_stall.h</c>,
/// <c>kernel/hung_task.c</c>, <c>mm/oom_kill.c</c>.
/// </remarks>
public static class KernelTroubleText
{
    private static readonly (string Text, KernelTrouble Kind)[] Beginnings =
    [
        ("Kernel panic - not syncing", KernelTrouble.Panic),
        ("watchdog: BUG: soft lockup", KernelTrouble.SoftLockup),
        ("watchdog: Watchdog detected hard LOCKUP", KernelTrouble.SoftLockup),
        ("BUG: soft lockup", KernelTrouble.SoftLockup),
        ("BUG: workqueue lockup", KernelTrouble.SoftLockup),
        ("Oops: ", KernelTrouble.Oops),
        ("BUG: ", KernelTrouble.Oops),
        ("kernel BUG at", KernelTrouble.Oops),
        ("general protection fault", KernelTrouble.Oops),
        ("invalid opcode: ", KernelTrouble.Oops),
        ("divide error: ", KernelTrouble.Oops),
        ("stack segment: ", KernelTrouble.Oops),
        ("rcu: INFO: ", KernelTrouble.RcuStall),
        ("INFO: task ", KernelTrouble.HungTask),
        ("Out of memory: Killed process", KernelTrouble.OutOfMemoryKill),
        ("Memory cgroup out of memory: Killed process", KernelTrouble.OutOfMemoryKill),
        ("Out of memory (oom_kill_allocating_task): Killed process", KernelTrouble.OutOfMemoryKill),
    ];

    /// <summary>What a record says to be wrong.</summary>
    /// <returns>Null where it says nothing of the kind, or a program wrote it.</returns>
    public static KernelTrouble? Of(LogRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Facility != 0)
        {
            return null;
        }

        foreach ((string text, KernelTrouble kind) in Beginnings)
        {
            if (record.Text.StartsWith(text, StringComparison.Ordinal) && Fits(kind, record.Text))
            {
                return kind;
            }
        }

        return null;
    }

    private static bool Fits(KernelTrouble kind, string text) => kind switch
    {
        KernelTrouble.RcuStall => text.Contains("stall", StringComparison.Ordinal),
        KernelTrouble.HungTask => text.Contains(" blocked for more than ", StringComparison.Ordinal),
        _ => true,
    };
}
