using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>A processor of the firmware's MADT table.</summary>
/// <param name="ApicId">Its APIC ID.</param>
/// <param name="Uid">ACPI processor UID.</param>
/// <param name="Enabled">Whether it can be used.</param>
/// <param name="OnlineCapable">Whether it can be enabled later.</param>
public sealed record MadtProcessorDocument(uint ApicId, uint Uid, bool Enabled, bool OnlineCapable)
{
    internal static MadtProcessorDocument Of(MadtProcessor processor) => new(processor.ApicId.Value, processor.Uid, processor.Enabled, processor.OnlineCapable);
}
