namespace Parker.Planning.Difference;

/// <summary>What a step does with a partition.</summary>
public enum PlannedStepKind
{
    /// <summary>Its kernel is asked to shut down, and its CPUs are stopped.</summary>
    Stop,

    /// <summary>What it holds is given back, and it is forgotten.</summary>
    Destroy,

    /// <summary>Its kernel lets go of CPUs or memory, and runs on.</summary>
    Shrink,

    /// <summary>It is defined.</summary>
    Define,

    /// <summary>Only what is done for it without anybody asking changes.</summary>
    SetPolicy,

    /// <summary>Its kernel gets more CPUs or memory, and runs on.</summary>
    Grow,

    /// <summary>What it gets is claimed, its kernel is loaded and started.</summary>
    Start,
}
