using Parker.Machine;

namespace Parker.Firmware.Acpi;

/// <summary>One ACPI table.</summary>
/// <param name="Signature">Four letters, such as <c>APIC</c> for the MADT; <c>RSDP</c> for the root pointer.</param>
/// <param name="Address">Where it lies, host-physical.</param>
/// <param name="Bytes">The whole table with its header.</param>
public sealed record AcpiTableBlob(string Signature, PhysicalAddress Address, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The addresses that it fills, host-physical.</summary>
    public PhysicalRange Range => new(Address, new ByteSize((ulong)Bytes.Length));
}
