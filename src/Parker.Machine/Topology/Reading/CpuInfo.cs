namespace Parker.Machine.Topology.Reading;

/// <summary>What <c>/proc/cpuinfo</c> tells.</summary>
/// <param name="Facts">What all CPUs have in common.</param>
/// <param name="ApicIds">The APIC ID of each online CPU, by number.</param>
internal sealed record CpuInfo(ProcessorFacts Facts, IReadOnlyDictionary<int, ApicId> ApicIds);
