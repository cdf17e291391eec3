namespace Parker.Inspect.Kernels;

/// <summary>A kind of line by which a kernel says that something is wrong with it.</summary>
public enum KernelTrouble
{
    /// <summary>It gave up.</summary>
    Panic,

    /// <summary>It met a fault of its own and killed the thread that was at it.</summary>
    Oops,

    /// <summary>A CPU stayed in the kernel for too long.</summary>
    SoftLockup,

    /// <summary>A CPU did not come to a point where others could go on.</summary>
    RcuStall,

    /// <summary>A thread waited for something for minutes.</summary>
    HungTask,

    /// <summary>It killed a process for want of memory.</summary>
    OutOfMemoryKill,
}
