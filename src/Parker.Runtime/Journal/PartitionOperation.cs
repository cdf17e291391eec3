namespace Parker.Runtime.Journal;

/// <summary>What is being done to a partition.</summary>
public enum PartitionOperation
{
    /// <summary>Claim what is not claimed yet, load, start. Unfinished: undone.</summary>
    Start,

    /// <summary>Stop its CPUs, with proof. Unfinished: finished by force.</summary>
    Stop,

    /// <summary>CPUs come or go while its kernel runs. Unfinished: finished, or undone where its kernel does not let go.</summary>
    Resize,

    /// <summary>Give everything back and forget it. Unfinished: finished.</summary>
    Destroy,
}
