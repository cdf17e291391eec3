namespace Parker.Cli.Drawing;

/// <summary>How a thread is drawn.</summary>
internal enum CpuState
{
    /// <summary>The Boot Kernel runs on it, and can leave it.</summary>
    Online,

    /// <summary>The Boot Kernel runs on it and stays, or may have to.</summary>
    Stays,

    /// <summary>Nobody that this kernel knows runs on it.</summary>
    Offline,
}
