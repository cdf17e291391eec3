namespace Parker.Partition;

/// <summary>What an Application Kernel has answered to the last change of one of its CPUs, or of one piece of its memory.</summary>
public enum KernelAnswer
{
    /// <summary>Nothing yet.</summary>
    None = 0,

    /// <summary>It has taken it, or let go of it.</summary>
    Done = 1,

    /// <summary>It has refused; <see cref="ElasticWords.Refusal"/> says why.</summary>
    Refused = 2,
}
