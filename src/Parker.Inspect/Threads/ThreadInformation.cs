namespace Parker.Inspect.Threads;

/// <summary>One thread of an Application Kernel.</summary>
public sealed record ThreadInformation
{
    /// <summary>Its number.</summary>
    public required int ThreadId { get; init; }

    /// <summary>The number of the process that it belongs to.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The process that started it; 0 for none.</summary>
    public required int ParentId { get; init; }

    /// <summary>Its name, at most 15 letters.</summary>
    public required string Name { get; init; }

    /// <summary>The command line of its process as that has it now; empty for kernel threads and where it cannot be read, such as after it was swapped out.</summary>
    public required string Command { get; init; }

    /// <summary>What it does.</summary>
    public required TaskState State { get; init; }

    /// <summary>Whether it is the kernel's own.</summary>
    public required bool IsKernelThread { get; init; }

    /// <summary>The CPU that it runs on or ran on last, by the Application Kernel's number.</summary>
    public required int Cpu { get; init; }

    /// <summary>The CPU time that it has used.</summary>
    public required TimeSpan CpuTime { get; init; }

    /// <summary>When it began, since the kernel did.</summary>
    public required TimeSpan Started { get; init; }

    /// <summary>Memory of its process that is there, in bytes; 0 for kernel threads.</summary>
    public required ulong ResidentBytes { get; init; }

    /// <summary>Addresses that its process has mapped, in bytes; 0 for kernel threads.</summary>
    public required ulong VirtualBytes { get; init; }
}
