using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Partition;

/// <summary>Where everything lies in a partition's memory. The one place of these offsets.</summary>
/// <remarks>
/// From the start of the first memory range, which is a multiple of 2 MiB:
/// <code>
/// 0x0000000  header page                        4 KiB  runtime data: the UEFI runtime writes to it, so its page tables must have it
/// 0x0001000  kept free                          4 KiB  reserved
/// 0x0002000  UEFI runtime code                  4 KiB  runtime code
/// 0x0003000  UEFI runtime data                  4 KiB  runtime data: system table, runtime services, configuration table
/// 0x0004000  SMBIOS                             4 KiB  runtime data
/// 0x0005000  boot_params                        4 KiB  usable once the kernel has copied it, as is all up to the ACPI tables
/// 0x0006000  command line                       8 KiB  usable
/// 0x0008000  EFI memory map                    32 KiB  runtime data: 682 descriptors of 48 bytes
/// 0x0010000  ACPI tables                      960 KiB  ACPI reclaimable
/// 0x0100000  page tables of the identity map    1 MiB  usable once the kernel has its own: 256 pages
/// 0x0200000  channel region                     2 MiB  reserved
/// 0x0400000  free                              12 MiB  usable
/// 0x1000000  kernel, at the next multiple of kernel_alignment, then the larger of its size and init_size
///            initrd, at the next multiple of 4 KiB
///            the rest of the range, and the other ranges: usable
/// </code>
/// </remarks>
public sealed class PartitionLayout
{
    // A physical address has at most 52 bits, and a segment's configuration space 256 MiB.
    private static readonly PhysicalAddress HighestEcam = new((1UL << 52) - (256UL << 20));

    private PartitionLayout(PartitionPlan plan, PhysicalRange kernel, PhysicalRange initrd)
    {
        Base = plan.PrimaryRange.Start;
        IoApic = new PhysicalRange(plan.LowSlot + LowSlotLayout.IoApic, ByteSize.Page);
        Kernel = kernel;
        Initrd = initrd;
        AddressMap = BuildAddressMap(plan, Base);
    }

    /// <summary>The alignment of a memory range: one large page.</summary>
    public static ByteSize RangeAlignment => ByteSize.FromMebibytes(2);

    /// <summary>The room before the kernel.</summary>
    public static ByteSize KernelOffset => new(0x1000000);

    /// <summary>The start of the first memory range.</summary>
    public PhysicalAddress Base { get; }

    /// <summary>The header page.</summary>
    public PhysicalRange HeaderPage => At(0x0000000, 0x1000);

    /// <summary>The page that stands for an I/O APIC.</summary>
    /// <remarks>In the low slot, so below 4 GiB: the MADT has 32 bits for its address.</remarks>
    public PhysicalRange IoApic { get; }

    /// <summary>Code of the UEFI runtime.</summary>
    public PhysicalRange UefiCode => At(0x0002000, 0x1000);

    /// <summary>Data of the UEFI runtime.</summary>
    public PhysicalRange UefiData => At(0x0003000, 0x1000);

    /// <summary>The SMBIOS table.</summary>
    public PhysicalRange Smbios => At(0x0004000, 0x1000);

    /// <summary>The kernel's boot parameters.</summary>
    public PhysicalRange BootParams => At(0x0005000, 0x1000);

    /// <summary>The command line with its NUL.</summary>
    public PhysicalRange CommandLine => At(0x0006000, 0x2000);

    /// <summary>The EFI memory map.</summary>
    public PhysicalRange EfiMemoryMap => At(0x0008000, 0x8000);

    /// <summary>The ACPI tables.</summary>
    public PhysicalRange Acpi => At(0x0010000, 0xF0000);

    /// <summary>Page tables of the identity map besides those in the low slot.</summary>
    public PhysicalRange PageTables => At(0x0100000, 0x100000);

    /// <summary>Room for a later channel between Boot Kernel and Application Kernel.</summary>
    public PhysicalRange Channel => At(0x0200000, 0x200000);

    /// <summary>The kernel: from its load address, the larger of its size and <c>init_size</c>.</summary>
    public PhysicalRange Kernel { get; }

    /// <summary>The initrd; empty where there is none.</summary>
    public PhysicalRange Initrd { get; }

    /// <summary>All that the identity map of the start stub must cover in the first memory range.</summary>
    public PhysicalRange Loaded => PhysicalRange.FromBounds(Base, Initrd.IsEmpty ? Kernel.End : Initrd.End);

    /// <summary>Every address that the Application Kernel is told of, ascending and disjoint.</summary>
    public IReadOnlyList<AddressMapEntry> AddressMap { get; }

    /// <summary>Lays a partition out.</summary>
    /// <param name="plan">Its resources.</param>
    /// <param name="footprint">What its image needs.</param>
    /// <param name="diagnostics">Takes each reason why it does not fit: <c>LAY001</c> and up.</param>
    /// <returns>The layout; null where there was an error.</returns>
    public static PartitionLayout? TryCreate(PartitionPlan plan, ImageFootprint footprint, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(footprint);
        ArgumentNullException.ThrowIfNull(diagnostics);
        string place = $"partition {plan.Name}";
        bool wellFormed = CheckRanges(plan, place, diagnostics);
        if (!wellFormed)
        {
            return null;
        }

        PhysicalRange primary = plan.PrimaryRange;
        PhysicalAddress kernelStart = (primary.Start + KernelOffset).AlignUp(footprint.KernelAlignment);
        PhysicalRange kernel = new(kernelStart, footprint.KernelSize > footprint.InitSize ? footprint.KernelSize : footprint.InitSize);
        PhysicalRange initrd = new(kernel.End.AlignUp(ByteSize.Page), footprint.InitrdSize);
        if (initrd.End > primary.End)
        {
            ByteSize needed = (initrd.End - primary.Start).AlignUp(RangeAlignment);
            diagnostics.Error(
                "LAY004",
                place,
                $"Its first memory range {primary} has {primary.Length}, but kernel (from 16MiB on, {kernel.Length} with init_size) and initrd ({initrd.Length}) need {needed} there.",
                $"Give it a first range of {needed} or more, or a smaller initrd.");
            return null;
        }

        PartitionLayout layout = new(plan, kernel, initrd);
        return CheckMap(layout.AddressMap, place, diagnostics) ? layout : null;
    }

    private static bool CheckRanges(PartitionPlan plan, string place, DiagnosticBag diagnostics)
    {
        int before = diagnostics.Count;
        if (plan.Memory.Count == 0)
        {
            diagnostics.Error("LAY001", place, "It has no memory.", "Give it at least one range of the pool.");
        }

        foreach (PartitionMemory memory in plan.Memory.Where(memory => memory.Range.IsEmpty || memory.Range.AlignInward(RangeAlignment) != memory.Range))
        {
            diagnostics.Error("LAY002", place, $"Its memory range {memory.Range} does not start and end at multiples of {RangeAlignment}.", "Take a range that does.");
        }

        if (PhysicalRangeSet.Of(plan.Memory.Select(memory => memory.Range)).TotalLength.Bytes != plan.Memory.Aggregate(0UL, (sum, memory) => sum + memory.Range.Length.Bytes))
        {
            diagnostics.Error("LAY003", place, "Two of its memory ranges overlap.", "Take ranges that do not.");
        }

        if (!LowSlotLayout.IsValidSlot(plan.LowSlot))
        {
            diagnostics.Error(
                "LAY005",
                place,
                $"Its low slot at {plan.LowSlot} is not page-aligned, or not between {LowSlotLayout.First} and {LowSlotLayout.Limit - LowSlotLayout.Size}.",
                "Take a slot of the low pool.");
        }

        foreach (PartitionBus bus in plan.Buses.Where(bus => !bus.EcamBase.IsAligned(ByteSize.Page) || bus.EcamBase > HighestEcam || bus.Buses.Last < bus.Buses.First))
        {
            diagnostics.Error("LAY007", place, $"The configuration space of the buses {bus.Buses}, from {bus.EcamBase} on, is none.", "Look at the machine's MCFG table.");
        }

        return diagnostics.Count == before;
    }

    private static bool CheckMap(IReadOnlyList<AddressMapEntry> map, string place, DiagnosticBag diagnostics)
    {
        int before = diagnostics.Count;
        foreach ((AddressMapEntry lower, AddressMapEntry upper) in map.Zip(map.Skip(1)).Where(pair => pair.First.Range.End > pair.Second.Range.Start))
        {
            diagnostics.Error("LAY008", place, $"{upper.Range} ({upper.Purpose}) lies within {lower.Range} ({lower.Purpose}).", "Make the plan anew from this machine.");
        }

        return diagnostics.Count == before;
    }

    private static List<AddressMapEntry> BuildAddressMap(PartitionPlan plan, PhysicalAddress start)
    {
        PhysicalRange Own(ulong from, ulong to) => PhysicalRange.FromBounds(start + new ByteSize(from), start + new ByteSize(to));
        List<AddressMapEntry> map =
        [
            new(LowSlotLayout.OwnRange(plan.LowSlot), AddressKind.Reserved, "stubs, page tables, I/O APIC"),
            new(LowSlotLayout.UsableRange(plan.LowSlot), AddressKind.Usable, "trampolines"),
            new(Own(0x0000000, 0x0001000), AddressKind.RuntimeData, "header page"),
            new(Own(0x0001000, 0x0002000), AddressKind.Reserved, "kept free"),
            new(Own(0x0002000, 0x0003000), AddressKind.RuntimeCode, "UEFI runtime code"),
            new(Own(0x0003000, 0x0005000), AddressKind.RuntimeData, "UEFI runtime data, SMBIOS"),
            new(Own(0x0005000, 0x0008000), AddressKind.Usable, "boot_params, command line"),
            new(Own(0x0008000, 0x0010000), AddressKind.RuntimeData, "EFI memory map"),
            new(Own(0x0010000, 0x0100000), AddressKind.AcpiReclaimable, "ACPI tables"),
            new(Own(0x0100000, 0x0200000), AddressKind.Usable, "page tables"),
            new(Own(0x0200000, 0x0400000), AddressKind.Reserved, "channel"),
            new(PhysicalRange.FromBounds(start + new ByteSize(0x0400000), plan.PrimaryRange.End), AddressKind.Usable, "kernel, initrd, memory"),
            .. plan.Memory.Skip(1).Select(memory => new AddressMapEntry(memory.Range, AddressKind.Usable, "memory")),
            .. plan.Buses.Select(bus => new AddressMapEntry(bus.Ecam, AddressKind.MemoryMappedIo, $"ECAM of {bus.Buses}")),
        ];
        map.Sort((left, right) => left.Range.CompareTo(right.Range));
        return map;
    }

    private PhysicalRange At(ulong offset, ulong length) => new(Base + new ByteSize(offset), new ByteSize(length));
}
