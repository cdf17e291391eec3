using Parker.Machine;

namespace Parker.Firmware.Acpi;

/// <summary>All ACPI tables of a partition as one block.</summary>
public sealed class AcpiTableSet
{
    internal AcpiTableSet(PhysicalAddress rsdp, ReadOnlyMemory<byte> bytes, IReadOnlyList<AcpiTableBlob> tables)
    {
        Rsdp = rsdp;
        Bytes = bytes;
        Tables = tables;
    }

    /// <summary>The root pointer, host-physical: the block's first byte.</summary>
    public PhysicalAddress Rsdp { get; }

    /// <summary>The block.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Its parts, ascending; the root pointer first.</summary>
    public IReadOnlyList<AcpiTableBlob> Tables { get; }
}
