namespace Parker.Inspect.Usage;

/// <summary>What a CPU was busy with since the kernel began.</summary>
/// <remarks>Idle time is not among them: a kernel stops counting it while a CPU sleeps. It is what is left of the time that went by.</remarks>
/// <param name="Cpu">The Application Kernel's number.</param>
/// <param name="User">Programs, also those with a low priority.</param>
/// <param name="System">The kernel for them.</param>
/// <param name="Interrupts">Interrupts and what they put off.</param>
public sealed record CpuTimes(int Cpu, TimeSpan User, TimeSpan System, TimeSpan Interrupts)
{
    /// <summary>All of them.</summary>
    public TimeSpan Busy => User + System + Interrupts;
}
