using Parker.Firmware.Aml;
using Parker.Machine;
using Parker.Partition;
using static Parker.Firmware.Aml.AmlCode;

namespace Parker.Firmware.Acpi;

/// <summary>The DSDT: the partition's devices.</summary>
internal static class DifferentiatedDescription
{
    /// <summary>How many devices of one kind have names: a letter and three hexadecimal digits.</summary>
    public const int MaxDevicesOfAKind = 4096;

    // Integers are 64 bits wide from revision 2 on.
    private const byte Revision = 2;

    public static TableWriter Write(PartitionPlan plan, PartitionLayout layout, ProcessorTable processors, ProximityDomains domains) =>
        TableWriter.Start("DSDT", Revision).Append(Scope("\\_SB", Devices(plan, layout, processors, domains)).Encoding.Span);

    private static IEnumerable<AmlTerm> Devices(PartitionPlan plan, PartitionLayout layout, ProcessorTable processors, ProximityDomains domains) =>
    [
        .. plan.IsElastic ? ElasticNames.Cpus.Fields(layout.HeaderPage.Start, plan.ToldCpus.Count, HeaderPageLayout.CpuWordsEnd, [], ByteSize.Zero) : [],
        .. plan.ToldCpus.Select((cpu, index) => Processor(plan, cpu, index, processors.Entry(cpu.ApicId), domains.Of(cpu.Node))),
        .. plan.ElasticMemory is { } memory ? MemoryDevice.Terms(layout.HeaderPage.Start, memory.Step, plan.MemoryPlaces) : [],
        .. plan.Buses.Select((bus, index) => RootBridge(bus, index, domains)),
        .. plan.Buses.Count > 0 ? [ConfigurationSpace(plan)] : Array.Empty<AmlTerm>(),
        .. plan.UartPort is ushort port ? [Uart(port)] : Array.Empty<AmlTerm>(),
        .. PolledThermalZone.Terms(
            layout.HeaderPage.Start,
            [
                .. plan.IsElastic ? [ElasticNames.Cpus.TakeChange(ElasticDevices(plan))] : Array.Empty<AmlTerm>(),
                .. plan.ElasticMemory is null ? Array.Empty<AmlTerm>() : [ElasticNames.Memory.TakeChange(MemoryDevice.Names(plan.MemoryPlaces))],
            ]),
    ];

    // Linux on x86 cannot do without the CPU that it started on.
    private static AmlTerm Processor(PartitionPlan plan, PartitionCpu cpu, int index, byte[] entry, uint domain) => plan.IsElastic && cpu != plan.Cpus[0]
        ? ProcessorDevice.Elastic(index, cpu.ApicId, entry, domain)
        : ProcessorDevice.Term(ElasticNames.Cpus.Device(index), cpu.ApicId, entry, domain);

    private static IEnumerable<string> ElasticDevices(PartitionPlan plan) =>
        plan.ToldCpus.Select((cpu, index) => (cpu, index)).Where(told => told.cpu != plan.Cpus[0]).Select(told => ElasticNames.Cpus.Device(told.index));

    // Without _OSC: Linux then says that the platform retains control of hotplug, AER, PME and ASPM, which is so, because the root port above stays the
    // Boot Kernel's. MSI and ECAM do not ask for it (drivers/acpi/pci_root.c, negotiate_os_control). Linux knows root bridges by PNP0A03 alone.
    private static AmlTerm RootBridge(PartitionBus bus, int index, ProximityDomains domains) => Device(
        ElasticNames.Numbered('P', index),
        [
            Name("_HID", EisaId("PNP0A08")),
            Name("_CID", EisaId("PNP0A03")),
            Name("_UID", Number((ulong)index)),
            Name("_SEG", Number(bus.ApplicationSegment)),
            Name("_BBN", Number(bus.Buses.First)),
            Name("_CCA", One),
            .. domains.TryGet(bus.Node, out uint domain) ? [Name("_PXM", Number(domain))] : Array.Empty<AmlTerm>(),
            Name("_CRS", ResourceTemplate(
            [
                AmlResource.BusNumbers(bus.Buses.First, bus.Buses.Last),
                .. bus.Windows.Where(window => !window.Range.IsEmpty).Select(window => AmlResource.Window(window.Range, window.IsPrefetchable)),
            ])),
        ]);

    // Linux uses ECAM only where a motherboard resource covers each MCFG entry (arch/x86/pci/mmconfig-shared.c, is_acpi_reserved).
    private static AmlTerm ConfigurationSpace(PartitionPlan plan) => Device(
        "ECAM",
        Name("_HID", EisaId("PNP0C02")),
        Name("_UID", Zero),
        Name("_CRS", ResourceTemplate(plan.Buses.Select(bus => AmlResource.DeviceMemory(bus.Ecam)))));

    // Without an interrupt: the 8250 driver then polls, and no I/O APIC is needed.
    private static AmlTerm Uart(ushort port) => Device(
        "UART",
        Name("_HID", EisaId("PNP0501")),
        Name("_UID", Zero),
        Name("_CRS", ResourceTemplate(AmlResource.Ports(port, 8))));
}
