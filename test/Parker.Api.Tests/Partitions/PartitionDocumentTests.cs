using System.Text.RegularExpressions;
using Parker.Api.Partitions;
using Parker.Goldens;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Api.Tests.Partitions;

public sealed partial class PartitionDocumentTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly PartitionDocument Started = PartitionDocument.Of(Plan(), new PartitionPolicy(RestartPolicy.OnFailure, Autostart: true), PartitionState.Running, new EvidenceDocument("heartbeat 42, moved 0.4 s ago", Time)) with
    {
        Image = new ImageDocument("6.12.95-amd64", "reboot=efi quiet", new string('1', 32), new string('2', 32), new string('3', 32)),
        BootId = new Guid("0b0e9c1e-0000-4000-8000-000000000001"),
        StartedAt = Time,
        HoldsMachine = true,
    };

    [Fact]
    public void Partition_json_is_the_golden_one() => AssertGolden("partition.json", ApiJson.ToJson(Started));

    [Fact]
    public void List_json_is_the_golden_one() =>
        AssertGolden("list.json", ApiJson.ToJson(new PartitionListDocument([PartitionDocument.Of(Plan(), new PartitionPolicy(RestartPolicy.OnFailure, Autostart: true), PartitionState.Defined, new EvidenceDocument("defined", Time))])));

    [Fact]
    public void Start_json_is_the_golden_one() => AssertGolden("start.json", ApiJson.ToJson(new StartDocument(Started, new StartPhasesDocument(1.5, 2, 3, 4, 5), 100, 200)));

    [Fact]
    public void Preview_json_is_the_golden_one() =>
        AssertGolden("preview.json", ApiJson.ToJson(new PreviewDocument("db", "start", [new("take", "take CPU 8 (APIC ID 16) offline and hold it"), new("write", "zero 0x10000-0x1ffff")])));

    [Theory]
    [InlineData(typeof(PartitionListDocument), "parker list")]
    [InlineData(typeof(PartitionDocument), "parker status")]
    [InlineData(typeof(StartDocument), "parker start")]
    [InlineData(typeof(PreviewDocument), "--dry-run")]
    public void Json_fields_are_all_in_the_documentation(Type document, string heading)
    {
        // A partition within another document is described in the section of its own.
        IEnumerable<string> names = DocumentFields.Of(document);
        DocumentFields.AssertDocumented(document == typeof(PartitionDocument) ? names : names.Except(DocumentFields.Of(typeof(PartitionDocument))), heading);
    }

    [Fact]
    public void States_are_all_in_the_documentation() =>
        DocumentFields.AssertDocumented(Enum.GetValues<PartitionState>().Select(ApiJson.NameOf), "parker status");

    [Fact]
    public void States_each_have_a_row_in_their_document_and_no_other_is_there()
    {
        string document = File.ReadAllText(Path.Combine(GoldenFile.Root, "docs", "states.md"));
        Assert.Equal(Enum.GetValues<PartitionState>().Select(ApiJson.NameOf), Row().Matches(document).Select(row => row.Groups[1].Value));
    }

    [GeneratedRegex(@"^\| `([a-z]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    private static void AssertGolden(string name, string json) => GoldenFile.AssertEqual("test/Parker.Api.Tests/Partitions/" + name, json);

    private static PartitionPlan Plan() => new()
    {
        Name = PartitionName.Parse("db"),
        Mode = StartMode.Bare,
        Cpus = [new PartitionCpu(8, new ApicId(16), 1)],
        Memory = [new PartitionMemory(new PhysicalRange(new PhysicalAddress(0x2000000000), ByteSize.FromGibibytes(4)), 1)],
        LowSlot = new PhysicalAddress(0x10000),
        Buses =
        [
            new PartitionBus(
                PciAddress.Parse("0000:80:01.0"),
                new PciBusRange(0, 0x81, 0x81),
                new PhysicalAddress(0xB0000000),
                [new PciWindow(new PhysicalRange(new PhysicalAddress(0xFE800000), ByteSize.FromMebibytes(2)), false)],
                [PciAddress.Parse("0000:81:00.0")],
                1),
        ],
        UartPort = 0x2F8,
        Iommu = null,
        NodeDistances = [[10]],
        PhantomApicId = new ApicId(0xFE),
        TscKilohertz = 2_300_000,
        Processor = new ProcessorTraits(true, 46),
        KernelPath = "/boot/vmlinuz-6.12.95-amd64",
        InitrdPaths = ["/boot/initrd.img-6.12.95-amd64"],
        CommandLine = "quiet",
    };
}
