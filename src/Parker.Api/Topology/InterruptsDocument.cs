using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>How interrupts are delivered.</summary>
public sealed record InterruptsDocument
{
    /// <summary><c>xapic</c> or <c>x2apic</c>.</summary>
    public required FactDocument<string> Mode { get; init; }

    /// <summary>Whether x2APIC mode cannot be left.</summary>
    public required FactDocument<bool?> X2apicLocked { get; init; }

    /// <summary>Whether the Boot Kernel has interrupt remapping on.</summary>
    public required FactDocument<bool?> Remapping { get; init; }

    /// <summary>The processors of the MADT, by APIC ID.</summary>
    public required IReadOnlyList<MadtProcessorDocument> MadtProcessors { get; init; }

    /// <summary>The I/O APICs of the MADT.</summary>
    public required IReadOnlyList<IoApicDocument> IoApics { get; init; }

    internal static InterruptsDocument Of(InterruptFacts interrupts) => new()
    {
        Mode = Facts.OfName(interrupts.Mode),
        X2apicLocked = Facts.Of(interrupts.X2apicLocked),
        Remapping = Facts.Of(interrupts.Remapping),
        MadtProcessors = [.. interrupts.Processors.Select(MadtProcessorDocument.Of)],
        IoApics = [.. interrupts.IoApics.Select(IoApicDocument.Of)],
    };
}
