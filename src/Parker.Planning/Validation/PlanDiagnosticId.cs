namespace Parker.Planning.Validation;

/// <summary>The stable ids of findings about plans. None is ever reused for another meaning; docs/diagnostics.md lists them.</summary>
public static class PlanDiagnosticId
{
    /// <summary>The partition has no CPU, or one twice.</summary>
    public const string CpuCount = "PLAN001";

    /// <summary>The machine has no such CPU.</summary>
    public const string CpuAbsent = "PLAN002";

    /// <summary>The Boot Kernel's first CPU.</summary>
    public const string CpuIsBootProcessor = "PLAN003";

    /// <summary>The CPU cannot go offline.</summary>
    public const string CpuStaysOnline = "PLAN004";

    /// <summary>The CPU is offline, and not held by Parker.</summary>
    public const string CpuOffline = "PLAN005";

    /// <summary>The CPU's APIC ID or node is not the machine's.</summary>
    public const string CpuDiffers = "PLAN006";

    /// <summary>The CPU's APIC ID is above 254, and the partition owns no IOMMU unit.</summary>
    public const string ApicIdTooHigh = "PLAN007";

    /// <summary>x2APIC mode is locked, and the partition owns no IOMMU unit.</summary>
    public const string X2apicLocked = "PLAN008";

    /// <summary>A thread of a core stays with the Boot Kernel.</summary>
    public const string CoreSplit = "PLAN009";

    /// <summary>The partition has no memory.</summary>
    public const string NoMemory = "PLAN010";

    /// <summary>Memory is not in the pool.</summary>
    public const string MemoryOutsidePool = "PLAN011";

    /// <summary>Memory is on another node than the plan says.</summary>
    public const string MemoryNode = "PLAN012";

    /// <summary>The low slot is not in the low pool.</summary>
    public const string LowSlotOutsidePool = "PLAN013";

    /// <summary>The buses are not what the machine has.</summary>
    public const string BusDiffers = "PLAN020";

    /// <summary>Buses are granted twice.</summary>
    public const string BusTwice = "PLAN021";

    /// <summary>The partition cannot own the IOMMU unit.</summary>
    public const string UnitDiffers = "PLAN022";

    /// <summary>The TSC's frequency is not the machine's, or not known.</summary>
    public const string TscDiffers = "PLAN030";

    /// <summary>The phantom's APIC ID is that of a CPU.</summary>
    public const string PhantomTaken = "PLAN031";

    /// <summary>Node distances do not cover the partition's nodes.</summary>
    public const string DistancesMissing = "PLAN032";

    /// <summary>The CPUs' traits are not the machine's.</summary>
    public const string TraitsDiffer = "PLAN033";

    /// <summary>The UART is not one, or the Boot Kernel's console.</summary>
    public const string Uart = "PLAN034";
}
