namespace Parker.Planning.Preflight;

/// <summary>The checks with their stable ids. docs/checks.md has a row for each.</summary>
public static class CheckCatalog
{
    /// <summary>The machine and the Boot Kernel are x86-64.</summary>
    public static CheckDefinition Architecture { get; } = new("CHK001", "architecture", true);

    /// <summary>The Boot Kernel's release.</summary>
    public static CheckDefinition KernelRelease { get; } = new("CHK002", "kernel release", false);

    /// <summary>Emulation, virtual machine or metal.</summary>
    public static CheckDefinition Surroundings { get; } = new("CHK003", "emulation or metal", false);

    /// <summary>All sources could be read.</summary>
    public static CheckDefinition Readable { get; } = new("CHK004", "all could be read", false);

    /// <summary>Memory that the Boot Kernel keeps out of.</summary>
    public static CheckDefinition MemoryPool { get; } = new("CHK010", "memory pool", true);

    /// <summary>Low memory that the Boot Kernel keeps out of.</summary>
    public static CheckDefinition LowSlots { get; } = new("CHK011", "low memory slots", true);

    /// <summary>The number of memmap regions.</summary>
    public static CheckDefinition MemmapRegions { get; } = new("CHK012", "memmap regions and KASLR", false);

    /// <summary>Hot-added memory goes to the movable zone.</summary>
    public static CheckDefinition MovableMemory { get; } = new("CHK013", "hot-added memory", false);

    /// <summary>The device of physical memory.</summary>
    public static CheckDefinition DevMem { get; } = new("CHK020", "/dev/mem", true);

    /// <summary>The page of the local APICs can be mapped.</summary>
    public static CheckDefinition ApicPage { get; } = new("CHK021", "local APIC page", true);

    /// <summary>Kernel lockdown.</summary>
    public static CheckDefinition Lockdown { get; } = new("CHK022", "kernel lockdown", true);

    /// <summary>The devices of model-specific registers.</summary>
    public static CheckDefinition MsrDevice { get; } = new("CHK023", "msr module", true);

    /// <summary>Writing model-specific registers.</summary>
    public static CheckDefinition MsrWrites { get; } = new("CHK024", "MSR writes", false);

    /// <summary>The Boot Kernel sends no broadcast interrupts.</summary>
    public static CheckDefinition BroadcastIpis { get; } = new("CHK030", "broadcast interrupts", true);

    /// <summary>The mode of the local APICs.</summary>
    public static CheckDefinition ApicMode { get; } = new("CHK031", "local APIC mode", true);

    /// <summary>Whether x2APIC mode can be left.</summary>
    public static CheckDefinition ApicLock { get; } = new("CHK032", "x2APIC lock", true);

    /// <summary>APIC IDs that interrupts reach without remapping.</summary>
    public static CheckDefinition ApicIds { get; } = new("CHK033", "APIC IDs", true);

    /// <summary>CPUs that can be taken offline.</summary>
    public static CheckDefinition CpuHotplug { get; } = new("CHK034", "CPUs that can be taken", true);

    /// <summary>Simultaneous multithreading.</summary>
    public static CheckDefinition Smt { get; } = new("CHK035", "SMT control", false);

    /// <summary>Hardware virtualization.</summary>
    public static CheckDefinition Virtualization { get; } = new("CHK036", "hardware virtualization", false);

    /// <summary>1 GiB pages.</summary>
    public static CheckDefinition GibibytePages { get; } = new("CHK037", "1 GiB pages", false);

    /// <summary>The time stamp counter can be trusted.</summary>
    public static CheckDefinition TscReliable { get; } = new("CHK040", "TSC is reliable", false);

    /// <summary>The time stamp counter's frequency.</summary>
    public static CheckDefinition TscFrequency { get; } = new("CHK041", "TSC frequency", true);

    /// <summary>The Boot Kernel's calibration on an emulated machine.</summary>
    public static CheckDefinition TscCalibration { get; } = new("CHK042", "TSC calibration in emulation", false);

    /// <summary>Memory-mapped configuration space.</summary>
    public static CheckDefinition Ecam { get; } = new("CHK050", "PCI configuration space (ECAM)", false);

    /// <summary>Interrupt remapping in the Boot Kernel.</summary>
    public static CheckDefinition Remapping { get; } = new("CHK051", "interrupt remapping", false);

    /// <summary>DMA translation in the Boot Kernel.</summary>
    public static CheckDefinition Translation { get; } = new("CHK052", "DMA translation", false);

    /// <summary>IOMMU units that a partition can own.</summary>
    public static CheckDefinition IommuUnits { get; } = new("CHK053", "IOMMU units", false);

    /// <summary>Memory that the firmware wants devices to reach.</summary>
    public static CheckDefinition ReservedMemory { get; } = new("CHK054", "reserved memory of devices (RMRR)", false);

    /// <summary>Buses that can be granted.</summary>
    public static CheckDefinition Buses { get; } = new("CHK055", "PCI buses to grant", false);

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } =
    [
        Architecture, KernelRelease, Surroundings, Readable,
        MemoryPool, LowSlots, MemmapRegions, MovableMemory,
        DevMem, ApicPage, Lockdown, MsrDevice, MsrWrites,
        BroadcastIpis, ApicMode, ApicLock, ApicIds, CpuHotplug, Smt, Virtualization, GibibytePages,
        TscReliable, TscFrequency, TscCalibration,
        Ecam, Remapping, Translation, IommuUnits, ReservedMemory, Buses,
    ];
}
