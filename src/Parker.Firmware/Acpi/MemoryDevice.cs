using System.Numerics;
using Parker.Firmware.Aml;
using Parker.Machine;
using Parker.Partition;
using static Parker.Firmware.Aml.AmlCode;

namespace Parker.Firmware.Acpi;

/// <summary>Memory that comes and goes while the partition runs: devices of the DSDT whose memory lies where the header page says, anew each time that it comes.</summary>
/// <remarks>
/// For memory beyond what the partition starts with. Memory of the address map gets no device: Linux would add it a second time at boot, and complain where it is not a multiple of its memory
/// blocks (drivers/acpi/acpi_memhotplug.c, <c>acpi_memory_enable_device</c>, which reads <c>_CRS</c> and <c>_PXM</c> each time that memory comes).
/// </remarks>
internal static class MemoryDevice
{
    // Where a QWord address descriptor has its lowest and its highest address.
    private const int MinimumOffset = 0x0E;
    private const int MaximumOffset = 0x16;
    private const string Resources = "MCRS";
    private const string Descriptor = "MBUF";
    private const string Minimum = "MMIN";
    private const string Maximum = "MMAX";
    private const char NodeLetter = 'N';
    private const char BlockLetter = 'B';

    /// <summary>The words of the header page, the devices, and what they share, for the scope <c>\_SB</c>.</summary>
    /// <param name="headerPage">Host-physical.</param>
    /// <param name="step">How much memory each has.</param>
    /// <param name="places">How many there are.</param>
    public static IEnumerable<AmlTerm> Terms(PhysicalAddress headerPage, ByteSize step, int places)
    {
        ElasticNames names = ElasticNames.Memory;
        AmlFieldUnit[] others =
        [
            .. ElasticNames.Bits(NodeLetter, places, 8),
            ElasticNames.Gap(HeaderPageLayout.MemoryNodes, HeaderPageLayout.MemoryBlocks, 8 * places),
            .. ElasticNames.Bits(BlockLetter, places, 32),
        ];
        return
        [
            .. names.Fields(headerPage, places, HeaderPageLayout.Size, others, HeaderPageLayout.MemoryNodes),
            .. ResourcesOfBlock(step),
            .. Enumerable.Range(0, places).Select(place => Device(
                names.Device(place),
                [
                    Name("_HID", EisaId("PNP0C80")),
                    Name("_UID", Number((ulong)place)),
                    Method("_PXM", 0, Return(Path(ElasticNames.Numbered(NodeLetter, place)))),
                    Method("_CRS", 0, Return(Call(Resources, Path(ElasticNames.Numbered(BlockLetter, place))))),
                    .. names.Methods(place),
                ])),
        ];
    }

    /// <summary>The names of the devices.</summary>
    public static IEnumerable<string> Names(int places) => Enumerable.Range(0, places).Select(ElasticNames.Memory.Device);

    // Linux asks for resources of one device after the other (drivers/acpi/scan.c, acpi_scan_lock), so that one buffer is enough.
    private static AmlTerm[] ResourcesOfBlock(ByteSize step) =>
    [
        Name(Descriptor, ResourceTemplate(AmlResource.DeviceMemory(new PhysicalRange(PhysicalAddress.FourGibibytes, step)))),
        CreateQWordField(Path(Descriptor), MinimumOffset, Minimum),
        CreateQWordField(Path(Descriptor), MaximumOffset, Maximum),
        SerializedMethod(
            Resources,
            1,
            ShiftLeft(Arg(0), Number((ulong)BitOperations.Log2(ElasticMemory.SmallestBlock.Bytes)), Path(Minimum)),
            Add(Path(Minimum), Number(step.Bytes - 1), Path(Maximum)),
            Return(Path(Descriptor))),
    ];
}
