using System.Globalization;
using Parker.Firmware.Aml;
using Parker.Machine;
using Parker.Partition;
using static Parker.Firmware.Aml.AmlCode;

namespace Parker.Firmware.Acpi;

/// <summary>The names in AML of one CPU's bits in the header page.</summary>
/// <param name="Granted">Whether the partition has it, written by the Boot Kernel.</param>
/// <param name="Present">Whether its device is there.</param>
/// <param name="Answer">What the kernel answered last, a <see cref="CpuAnswer"/>.</param>
internal readonly record struct ElasticCpuNames(string Granted, string Present, string Answer)
{
    /// <summary>The change that the Boot Kernel asks for.</summary>
    public const string Change = "CHNG";

    /// <summary>The change that was taken last.</summary>
    public const string Taken = "TAKN";

    /// <summary>The status of the last refusal.</summary>
    public const string Refusal = "RFSL";

    /// <summary>The method of a CPU's device that makes it what is granted.</summary>
    public const string Synchronize = "SYNC";

    private const string Region = "HCPU";

    /// <summary>Of the CPU at a place of the DSDT.</summary>
    public static ElasticCpuNames Of(int place) => new(Numbered('G', place), Numbered('T', place), Numbered('A', place));

    /// <summary>The name of a device or bit: a letter, and its place in three hexadecimal digits.</summary>
    public static string Numbered(char kind, int place) => string.Create(CultureInfo.InvariantCulture, $"{kind}{place:X3}");

    /// <summary>The region of the header page with these bits, for the scope <c>\_SB</c>.</summary>
    /// <param name="headerPage">Host-physical.</param>
    /// <param name="cpus">How many CPUs the DSDT has.</param>
    public static IEnumerable<AmlTerm> Fields(PhysicalAddress headerPage, int cpus)
    {
        ByteSize first = HeaderPageLayout.CpuChange;
        return
        [
            OperationRegion(Region, AmlRegionSpace.SystemMemory, Number((headerPage + first).Value), Number((HeaderPageLayout.CpuWordsEnd - first).Bytes)),
            Field(
                Region,
                AmlFieldAccess.DWord,
                [
                    AmlFieldUnit.Named(Change, 32),
                    AmlFieldUnit.Named(Taken, 32),
                    AmlFieldUnit.Named(Refusal, 32),
                    Gap(HeaderPageLayout.CpuRefusal + new ByteSize(4), HeaderPageLayout.GrantedCpus, 0),
                    .. Bits(cpus, 1, place => Of(place).Granted),
                    Gap(HeaderPageLayout.GrantedCpus, HeaderPageLayout.PresentCpus, cpus),
                    .. Bits(cpus, 1, place => Of(place).Present),
                    Gap(HeaderPageLayout.PresentCpus, HeaderPageLayout.CpuAnswers, cpus),
                    .. Bits(cpus, 2, place => Of(place).Answer),
                ]),
        ];
    }

    /// <summary>What each poll of the thermal zone does: where the Boot Kernel asks for a change, every CPU that comes and goes is made what is granted.</summary>
    /// <param name="devices">The names of their devices.</param>
    public static AmlTerm TakeChange(IEnumerable<string> devices) => If(
        LNot(LEqual(Path(Change), Path(Taken))),
        [Store(Path(Change), Local(1)), .. devices.Select(device => Path($"\\_SB.{device}.{Synchronize}")), Store(Local(1), Path(Taken))]);

    private static IEnumerable<AmlFieldUnit> Bits(int cpus, int width, Func<int, string> name) => Enumerable.Range(0, cpus).Select(place => AmlFieldUnit.Named(name(place), width));

    private static AmlFieldUnit Gap(ByteSize from, ByteSize to, int usedBits) => AmlFieldUnit.Reserved(((int)(to - from).Bytes * 8) - usedBits);
}
