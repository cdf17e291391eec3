namespace Parker.Partition;

/// <summary>How a partition's first CPU comes to its kernel.</summary>
public enum StartMode
{
    /// <summary>On the bare CPU: the start stub jumps to the kernel.</summary>
    Bare,
}
