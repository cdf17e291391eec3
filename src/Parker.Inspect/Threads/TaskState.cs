namespace Parker.Inspect.Threads;

/// <summary>What a thread does, as <c>ps</c> shows it by a letter.</summary>
public enum TaskState
{
    /// <summary>R: runs, or waits for a CPU.</summary>
    Running,

    /// <summary>S: sleeps, and a signal wakes it.</summary>
    Sleeping,

    /// <summary>D: waits for something that must come.</summary>
    DiskSleep,

    /// <summary>T: stopped by a signal.</summary>
    Stopped,

    /// <summary>t: stopped by a debugger.</summary>
    Traced,

    /// <summary>X: gone, and about to be taken away.</summary>
    Dead,

    /// <summary>Z: ended, and its parent has not asked for it.</summary>
    Zombie,

    /// <summary>P: a kernel thread that is parked.</summary>
    Parked,

    /// <summary>I: a kernel thread that has nothing to do.</summary>
    Idle,
}
