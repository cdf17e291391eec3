namespace Parker.Planning.Grants;

/// <summary>The stable ids of <see cref="GrantReason"/>. None is ever reused for another meaning; docs/diagnostics.md lists them.</summary>
public static class GrantReasonId
{
    /// <summary>The buses are not those behind a PCI Express root port.</summary>
    public const string NotBehindRootPort = "BUS001";

    /// <summary>There is no function behind the root port.</summary>
    public const string NothingBehind = "BUS002";

    /// <summary>The Boot Kernel uses a function.</summary>
    public const string InUse = "BUS003";

    /// <summary>Functions share the buses with one that the Boot Kernel uses.</summary>
    public const string SharedWithUsed = "BUS004";

    /// <summary>What the Boot Kernel uses could not be seen.</summary>
    public const string UseUnknown = "BUS005";

    /// <summary>No memory-mapped configuration space covers the buses.</summary>
    public const string NoEcam = "BUS006";

    /// <summary>A function has neither MSI nor MSI-X.</summary>
    public const string NoMsi = "BUS007";

    /// <summary>Whether a function has MSI or MSI-X could not be read.</summary>
    public const string MsiUnknown = "BUS008";

    /// <summary>The root port's memory windows are not known, or do not hold the functions' memory.</summary>
    public const string WindowUnknown = "BUS009";

    /// <summary>A function can only be reached by I/O ports.</summary>
    public const string OnlyIoPorts = "BUS010";

    /// <summary>Virtual functions are switched on.</summary>
    public const string VirtualFunctions = "BUS011";

    /// <summary>The Boot Kernel remaps interrupts.</summary>
    public const string RemappingOn = "BUS012";

    /// <summary>Whether the Boot Kernel remaps interrupts is not known.</summary>
    public const string RemappingUnknown = "BUS013";

    /// <summary>The Boot Kernel translates the functions' DMA addresses.</summary>
    public const string Translated = "BUS014";

    /// <summary>The kernel knows no way to reset a function.</summary>
    public const string NoReset = "BUS015";

    /// <summary>Two ports claim the same buses.</summary>
    public const string BusesOverlap = "BUS016";

    /// <summary>The IOMMU unit is of a kind that partitions cannot be told of.</summary>
    public const string UnitKind = "UNIT001";

    /// <summary>The Boot Kernel drives the unit for DMA.</summary>
    public const string UnitDriven = "UNIT002";

    /// <summary>The Boot Kernel remaps interrupts through the unit.</summary>
    public const string UnitRemaps = "UNIT003";

    /// <summary>Whether the Boot Kernel uses the unit is not known.</summary>
    public const string UnitUseUnknown = "UNIT004";

    /// <summary>The Boot Kernel's I/O APIC sends its interrupts through the unit.</summary>
    public const string UnitIoApic = "UNIT005";

    /// <summary>The unit is above functions that stay with the Boot Kernel.</summary>
    public const string UnitShared = "UNIT006";

    /// <summary>The firmware wants a device behind the unit to reach memory that the partition does not have.</summary>
    public const string UnitReservedMemory = "UNIT007";

    /// <summary>Buses behind the unit cannot be granted.</summary>
    public const string UnitBuses = "UNIT008";

    /// <summary>There is nothing behind the unit that could be granted.</summary>
    public const string UnitEmpty = "UNIT009";
}
