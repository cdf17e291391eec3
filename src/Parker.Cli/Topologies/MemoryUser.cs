namespace Parker.Cli.Topologies;

/// <summary>Who uses a range of addresses.</summary>
internal enum MemoryUser
{
    /// <summary>The Boot Kernel, as RAM.</summary>
    BootKernel,

    /// <summary>The memory pool.</summary>
    Pool,

    /// <summary>The pool below 1 MiB.</summary>
    LowSlots,

    /// <summary>RAM that neither the Boot Kernel nor the pool has.</summary>
    Nobody,

    /// <summary>RAM whose user may not be seen.</summary>
    Unknown,

    /// <summary>The firmware, or devices.</summary>
    Firmware,
}
