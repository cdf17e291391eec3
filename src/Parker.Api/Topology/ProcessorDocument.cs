using System.Globalization;
using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>What all CPUs have in common.</summary>
public sealed record ProcessorDocument
{
    /// <summary>CPUID vendor.</summary>
    public required string Vendor { get; init; }

    /// <summary>The model name.</summary>
    public required string ModelName { get; init; }

    /// <summary>The features that every online CPU has, by the kernel's names, sorted.</summary>
    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>The microcode revisions seen, hexadecimal, ascending.</summary>
    public required IReadOnlyList<string> MicrocodeRevisions { get; init; }

    /// <summary>Physical address bits; null where unknown.</summary>
    public required int? PhysicalAddressBits { get; init; }

    /// <summary>Virtual address bits; null where unknown.</summary>
    public required int? VirtualAddressBits { get; init; }

    internal static ProcessorDocument Of(ProcessorFacts processor) => new()
    {
        Vendor = processor.Vendor,
        ModelName = processor.ModelName,
        Flags = [.. processor.Flags.Order(StringComparer.Ordinal)],
        MicrocodeRevisions = [.. processor.MicrocodeRevisions.Select(revision => string.Create(CultureInfo.InvariantCulture, $"0x{revision:x}"))],
        PhysicalAddressBits = processor.PhysicalAddressBits == 0 ? null : processor.PhysicalAddressBits,
        VirtualAddressBits = processor.VirtualAddressBits == 0 ? null : processor.VirtualAddressBits,
    };
}
