using System.Globalization;
using Parker.Firmware.Aml;
using Parker.Machine;
using Parker.Partition;
using static Parker.Firmware.Aml.AmlCode;

namespace Parker.Firmware.Acpi;

/// <summary>The names in AML of what comes and goes while a partition runs, and of its words in the header page.</summary>
internal sealed record ElasticNames
{
    /// <summary>The method of a device that makes it what is granted.</summary>
    public const string Synchronize = "SYNC";

    private ElasticNames()
    {
    }

    /// <summary>Those of CPUs: <c>C000</c> and up.</summary>
    public static ElasticNames Cpus { get; } =
        new() { Words = ElasticWords.Cpus, Region = "HCPU", Change = "CHNG", Taken = "TAKN", Refusal = "RFSL", DeviceLetter = 'C', GrantedLetter = 'G', PresentLetter = 'T', AnswerLetter = 'A' };

    /// <summary>Those of memory: <c>M000</c> and up.</summary>
    public static ElasticNames Memory { get; } =
        new() { Words = ElasticWords.Memory, Region = "HMEM", Change = "MCHG", Taken = "MTKN", Refusal = "MRFS", DeviceLetter = 'M', GrantedLetter = 'L', PresentLetter = 'R', AnswerLetter = 'O' };

    /// <summary>Its words.</summary>
    public required ElasticWords Words { get; init; }

    /// <summary>The status of the last refusal.</summary>
    public required string Refusal { get; init; }

    private string Region { get; init; } = "";

    private string Change { get; init; } = "";

    private string Taken { get; init; } = "";

    private char DeviceLetter { get; init; }

    private char GrantedLetter { get; init; }

    private char PresentLetter { get; init; }

    private char AnswerLetter { get; init; }

    /// <summary>The name of a device or bit: a letter, and its place in three hexadecimal digits.</summary>
    public static string Numbered(char kind, int place) => string.Create(CultureInfo.InvariantCulture, $"{kind}{place:X3}");

    /// <summary>The name of the device at a place.</summary>
    public string Device(int place) => Numbered(DeviceLetter, place);

    /// <summary>What makes the device at a place come and go: its <c>SYNC</c> compares whether it is granted with whether it is there, and asks Linux to take it or to let go of it: what became
    /// of that Linux tells <c>_OST</c>, and that it has let go, <c>_EJ0</c>. Where that comes so late that it is granted again, the next poll looks anew, and brings it back.</summary>
    /// <remarks>Linux calls <c>_OST</c> twice for an ejection, first that it is in progress (drivers/acpi/scan.c, <c>acpi_generic_hotplug_event</c>).</remarks>
    public IEnumerable<AmlTerm> Methods(int place)
    {
        const ulong NotifyDeviceCheck = 1;
        const ulong NotifyEjectRequest = 3;
        const ulong PresentEnabledShownWorking = 0x0F;

        // _OST status of an ejection, ACPI specification, table "OSPM Status Codes for Ejection".
        const ulong EjectionInProgress = 0x84;
        string device = Device(place);
        string granted = Numbered(GrantedLetter, place);
        string present = Numbered(PresentLetter, place);
        string answer = Numbered(AnswerLetter, place);
        return
        [
            Method("_STA", 0, If(Path(present), Return(Number(PresentEnabledShownWorking))), Return(Zero)),
            Method("_EJ0", 1, Store(Zero, Path(present)), If(Path(granted), Store(Zero, Path(Taken)))),
            Method(
                "_OST",
                3,
                If(LNot(Arg(1)), Store(Number((ulong)KernelAnswer.Done), Path(answer)), Return(Zero)),
                If(LNot(LEqual(Arg(1), Number(EjectionInProgress))), Store(Arg(1), Path(Refusal)), Store(Number((ulong)KernelAnswer.Refused), Path(answer))),
                Return(Zero)),
            Method(
                Synchronize,
                0,
                If(LEqual(Path(granted), Path(present)), Return(Zero)),
                Store(Zero, Path(answer)),
                If(Path(granted), Store(One, Path(present)), Notify(Path(device), Number(NotifyDeviceCheck)), Return(Zero)),
                Notify(Path(device), Number(NotifyEjectRequest)),
                Return(Zero)),
        ];
    }

    /// <summary>The region of the header page with the words, for the scope <c>\_SB</c>.</summary>
    /// <param name="headerPage">Host-physical.</param>
    /// <param name="places">How many there are.</param>
    /// <param name="end">Where the words end in the page.</param>
    /// <param name="others">More words, from <paramref name="othersFrom"/> on.</param>
    /// <param name="othersFrom">Where they start in the page.</param>
    public IEnumerable<AmlTerm> Fields(PhysicalAddress headerPage, int places, ByteSize end, IEnumerable<AmlFieldUnit> others, ByteSize othersFrom)
    {
        ByteSize first = Words.Change;
        return
        [
            OperationRegion(Region, AmlRegionSpace.SystemMemory, Number((headerPage + first).Value), Number((end - first).Bytes)),
            Field(
                Region,
                AmlFieldAccess.DWord,
                [
                    AmlFieldUnit.Named(Change, 32),
                    AmlFieldUnit.Named(Taken, 32),
                    AmlFieldUnit.Named(Refusal, 32),
                    Gap(Words.Refusal + new ByteSize(4), Words.Granted, 0),
                    .. Bits(GrantedLetter, places, 1),
                    Gap(Words.Granted, Words.Present, places),
                    .. Bits(PresentLetter, places, 1),
                    Gap(Words.Present, Words.Answers, places),
                    .. Bits(AnswerLetter, places, 2),
                    .. othersFrom.Bytes == 0 ? [] : others.Prepend(Gap(Words.Answers, othersFrom, 2 * places)),
                ]),
        ];
    }

    /// <summary>What each poll of the thermal zone does: where the Boot Kernel asks for a change, all that comes and goes is made what is granted.</summary>
    /// <param name="devices">The names of the devices.</param>
    public AmlTerm TakeChange(IEnumerable<string> devices) => If(
        LNot(LEqual(Path(Change), Path(Taken))),
        [Store(Path(Change), Local(1)), .. devices.Select(device => Path($"\\_SB.{device}.{Synchronize}")), Store(Local(1), Path(Taken))]);

    /// <summary>Words of all places, one after the other.</summary>
    public static IEnumerable<AmlFieldUnit> Bits(char kind, int places, int width) => Enumerable.Range(0, places).Select(place => AmlFieldUnit.Named(Numbered(kind, place), width));

    /// <summary>The bits between two words.</summary>
    public static AmlFieldUnit Gap(ByteSize from, ByteSize to, int usedBits) => AmlFieldUnit.Reserved(((int)(to - from).Bytes * 8) - usedBits);
}
