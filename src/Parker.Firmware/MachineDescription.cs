using Parker.Firmware.Acpi;
using Parker.Firmware.MemoryMaps;
using Parker.Firmware.Smbios;
using Parker.Firmware.Uefi;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Firmware;

/// <summary>All that an Application Kernel is told of its machine, but for <c>boot_params</c>.</summary>
public sealed class MachineDescription
{
    private readonly PartitionLayout _layout;
    private readonly UefiRuntimeCode _code;
    private readonly byte[] _uefiTables;
    private readonly byte[] _smbios;

    private MachineDescription(PartitionLayout layout, AcpiTableSet acpi, UefiRuntimeCode code, byte[] smbios)
    {
        _layout = layout;
        _code = code;
        _uefiTables = UefiTables.Build(layout, code, acpi.Rsdp);
        _smbios = smbios;
        Acpi = acpi;
        E820 = E820Map.Build(layout.AddressMap);
        EfiMemoryMapBytes = EfiMemoryMap.Build(layout.AddressMap);
    }

    /// <summary>The ACPI tables.</summary>
    public AcpiTableSet Acpi { get; }

    /// <summary>The e820 map: at most <see cref="E820Map.MaximumEntries"/> entries.</summary>
    public IReadOnlyList<E820Entry> E820 { get; }

    /// <summary>The EFI memory map, in descriptors of <see cref="EfiMemoryMap.DescriptorBytes"/>.</summary>
    public ReadOnlyMemory<byte> EfiMemoryMapBytes { get; }

    /// <summary>Makes the description of a partition.</summary>
    /// <param name="plan">Its resources.</param>
    /// <param name="layout">Where everything lies.</param>
    /// <param name="bootId">The boot that it is for.</param>
    /// <param name="date">Today: the firmware's date.</param>
    /// <param name="diagnostics">Takes what cannot be described: <c>ACPI001</c> and up, <c>MAP001</c> and up.</param>
    /// <returns>The description; null where there was an error.</returns>
    public static MachineDescription? TryBuild(PartitionPlan plan, PartitionLayout layout, Guid bootId, DateOnly date, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(diagnostics);
        AcpiTableSet? acpi = AcpiTables.TryBuild(plan, layout, diagnostics);
        if (acpi is null)
        {
            return null;
        }

        MachineDescription description = new(layout, acpi, UefiRuntimeCode.Assemble(layout), SmbiosTable.Build(layout.Smbios.Start, plan.Name, bootId, date));
        if (description.E820.Count > E820Map.MaximumEntries)
        {
            diagnostics.Error(
                "MAP001",
                $"partition {plan.Name}",
                $"Its memory map has {description.E820.Count} entries, and boot_params has room for {E820Map.MaximumEntries}.",
                "Give it fewer memory ranges or buses.");
            return null;
        }

        if ((ulong)description.EfiMemoryMapBytes.Length > layout.EfiMemoryMap.Length.Bytes)
        {
            diagnostics.Error(
                "MAP002",
                $"partition {plan.Name}",
                $"Its EFI memory map has {layout.AddressMap.Count} descriptors, and there is room for {layout.EfiMemoryMap.Length.Bytes / EfiMemoryMap.DescriptorBytes}.",
                "Give it fewer memory ranges or buses; ranges that touch can be one.");
            return null;
        }

        return description;
    }

    /// <summary>What lies in memory, ascending by address within the low slot and the first memory range.</summary>
    public IEnumerable<MemorySegment> Segments() =>
    [
        Segment(_layout.IoApic, RamIoApic.Page(), "I/O APIC in RAM", SegmentOwner.ApplicationKernel),
        Segment(_layout.UefiCode, _code.Bytes, "UEFI runtime code", SegmentOwner.Parker),
        Segment(_layout.UefiData, _uefiTables, "UEFI tables", SegmentOwner.Parker),
        Segment(_layout.Smbios, _smbios, "SMBIOS", SegmentOwner.Parker),
        Segment(_layout.EfiMemoryMap, EfiMemoryMapBytes, "EFI memory map", SegmentOwner.Parker),
        Segment(_layout.Acpi, Acpi.Bytes, "ACPI tables", SegmentOwner.ApplicationKernel),
    ];

    private static MemorySegment Segment(Machine.PhysicalRange room, ReadOnlyMemory<byte> bytes, string purpose, SegmentOwner owner) =>
        new(room.Start, new ByteContent(bytes), purpose, owner);
}
