using System.Text.Json.Serialization;

namespace Parker.Api.Partitions;

/// <summary>An NMI that was sent.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Cpu">The CPU that got it, by the Boot Kernel's number.</param>
/// <param name="ApicId">Its APIC ID.</param>
/// <param name="KernelPanics">Whether its kernel panics on an NMI that it does not expect (the sysctl <c>kernel.unknown_nmi_panic</c>), as its memory told before; null where it does not.</param>
public sealed record NmiDocument(string Partition, int Cpu, uint ApicId, bool? KernelPanics)
{
    /// <summary>The version of this document's form; a field that is removed or changes its meaning makes another one.</summary>
    [JsonPropertyOrder(-1)]
    public int Version { get; init; } = 1;
}
