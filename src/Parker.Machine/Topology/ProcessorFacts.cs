namespace Parker.Machine.Topology;

/// <summary>What all CPUs have in common, from <c>/proc/cpuinfo</c>.</summary>
public sealed record ProcessorFacts
{
    /// <summary>CPUID vendor, such as <c>GenuineIntel</c>.</summary>
    public required string Vendor { get; init; }

    /// <summary>The model name.</summary>
    public required string ModelName { get; init; }

    /// <summary>The features that every online CPU has, by the kernel's names (<c>pdpe1gb</c>, <c>x2apic</c>, <c>la57</c>, <c>ss</c>).</summary>
    public required IReadOnlySet<string> Flags { get; init; }

    /// <summary>The microcode revisions seen, ascending; more than one is odd.</summary>
    public required IReadOnlyList<ulong> MicrocodeRevisions { get; init; }

    /// <summary>Physical address bits; 0 where unknown.</summary>
    public required int PhysicalAddressBits { get; init; }

    /// <summary>Linear address bits, 48 or 57; 0 where unknown.</summary>
    public required int VirtualAddressBits { get; init; }
}
