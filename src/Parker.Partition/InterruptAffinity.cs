using Parker.Machine;

namespace Parker.Partition;

/// <summary>Where the Boot Kernel may deliver one of its interrupts.</summary>
/// <param name="Interrupt">The interrupt's number in <c>/proc/irq</c>.</param>
/// <param name="Cpus">smp_affinity_list.</param>
public sealed record InterruptAffinity(int Interrupt, CpuSet Cpus);
