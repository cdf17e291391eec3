namespace Parker.Partition;

/// <summary>What the start stub and the page tables must know of the partition's CPUs.</summary>
/// <param name="HasGibibytePages">Whether they have 1 GiB pages (CPUID 0x80000001 EDX bit 26, <c>pdpe1gb</c>).</param>
/// <param name="PhysicalAddressBits">The width of a physical address.</param>
public sealed record ProcessorTraits(bool HasGibibytePages, int PhysicalAddressBits);
