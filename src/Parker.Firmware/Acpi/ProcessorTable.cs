using Parker.Machine;
using Parker.Partition;

namespace Parker.Firmware.Acpi;

/// <summary>The MADT: which CPUs there are, by APIC ID, and one I/O APIC.</summary>
/// <remarks>
/// Its first entry is an enabled CPU that the machine does not have. Linux 6.9 and later takes the first ID for the CPU that the firmware started on, when the
/// one that it runs on has no BSP bit, and drops it; were that one of the partition's own, it would limit itself to one CPU, "Assuming crash kernel"
/// (arch/x86/kernel/cpu/topology.c, <c>check_for_real_bsp</c>). Older kernels drop it by <c>disable_cpu_apicid=</c>.
/// <para>
/// IDs below 255 get entries of type 0, others of type 9 (x2APIC). Linux drops entries of type 9 below 255 once there is one of type 0, and 6.7 to 6.12 read all of
/// type 0 before those of type 9 (arch/x86/kernel/acpi/boot.c, <c>acpi_parse_x2apic</c>, <c>acpi_parse_madt_lapic_entries</c>). So a phantom
/// that needs type 9 makes every entry type 9: it stays the first, and none is dropped.
/// </para>
/// A CPU's ACPI processor UID is its APIC ID: unique, and a byte where the entry has one.
/// </remarks>
internal sealed class ProcessorTable
{
    private const string Signature = "APIC";
    private const byte Revision = 5;
    private const uint LocalApicBase = 0xFEE00000;
    private const byte TypeLocalApic = 0;
    private const byte TypeIoApic = 1;
    private const byte TypeLocalX2Apic = 9;
    private const uint Enabled = 1;

    private readonly PartitionPlan _plan;
    private readonly bool _onlyX2Apic;

    public ProcessorTable(PartitionPlan plan)
    {
        _plan = plan;
        _onlyX2Apic = !plan.PhantomApicId.FitsXapic;
    }

    public TableWriter Write(PartitionLayout layout)
    {
        TableWriter table = TableWriter.Start(Signature, Revision)
            .Append(new MadtBody { LocalApicAddress = LocalApicBase })
            .Append(Entry(_plan.PhantomApicId));
        // Those that it has come first: Linux numbers CPUs in this order, and starts the first as many as maxcpus= says.
        foreach (PartitionCpu cpu in _plan.Cpus.Concat(_plan.SpareCpus))
        {
            table.Append(Entry(cpu.ApicId));
        }

        return table.Append(new MadtIoApic
        {
            Type = TypeIoApic,
            Length = 12,
            IoApicId = RamIoApic.Id,
            Address = checked((uint)layout.IoApic.Start.Value),
        });
    }

    /// <summary>The entry of one CPU, also the content of its device's <c>_MAT</c>.</summary>
    public byte[] Entry(ApicId id) => UsesX2Apic(id)
        ? TableWriter.Bytes(new MadtLocalX2Apic { Type = TypeLocalX2Apic, Length = 16, ApicId = id.Value, Flags = Enabled, ProcessorUid = id.Value })
        : TableWriter.Bytes(new MadtLocalApic { Type = TypeLocalApic, Length = 8, ApicId = (byte)id.Value, Flags = Enabled, ProcessorUid = (byte)id.Value });

    /// <summary>Whether tables speak of this CPU in x2APIC structures.</summary>
    public bool UsesX2Apic(ApicId id) => _onlyX2Apic || !id.FitsXapic;
}
