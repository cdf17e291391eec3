namespace Parker.Partition;

/// <summary>Where a partition is in its life.</summary>
public enum PartitionState
{
    /// <summary>Described; nothing of the machine is taken for it.</summary>
    Defined,

    /// <summary>Its CPUs are offline in the Boot Kernel, its memory and slot are reserved, its devices are detached.</summary>
    Claimed,

    /// <summary>Image and machine description lie in its memory.</summary>
    Loaded,

    /// <summary>Its first CPU got its SIPI; no heartbeat yet.</summary>
    Starting,

    /// <summary>Its kernel gives signs of life.</summary>
    Running,

    /// <summary>It was stopped from outside; its CPUs are proven parked.</summary>
    Stopped,

    /// <summary>Its kernel powered off.</summary>
    Off,

    /// <summary>Its kernel asked for a reboot.</summary>
    Rebooting,

    /// <summary>Its kernel panicked and reached ResetSystem.</summary>
    Panicked,

    /// <summary>Its heartbeat stood still for longer than allowed.</summary>
    Hung,

    /// <summary>What was asked could not be done; the evidence says why.</summary>
    Failed,

    /// <summary>Its CPUs could not be proven parked: its memory and devices stay out of use.</summary>
    Leaked,
}
