using Parker.Api.Partitions;
using Parker.Cli.Partitions;
using Parker.Goldens;

namespace Parker.Cli.Tests.Partitions;

public sealed class PartitionListingTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly PartitionDocument Database = new()
    {
        Name = "db",
        State = "running",
        Evidence = new("heartbeat 273840, moved 0.4 s ago", Now),
        Cpus = "8-9",
        CpuDetails = [new(8, 16, 1), new(9, 18, 1)],
        MemoryBytes = 16UL << 30,
        Memory = [new(new("0x2000000000", "0x22ffffffff", 12UL << 30), 1), new(new("0x1000000000", "0x10ffffffff", 4UL << 30), 0)],
        LowSlot = "0x10000",
        HeaderPage = "0x2000000000",
        Buses = [new("0000:80:01.0", new(0, 0x81, 0x81), ["0000:81:00.0", "0000:81:00.1"], 1)],
        Containment = "none",
        Uart = null,
        Kernel = "/boot/vmlinuz-6.12.95-amd64",
        Initrd = ["/boot/initrd.img-6.12.95-amd64", "/boot/extra.img"],
        CommandLine = "root=/dev/nvme0n1p2 ro",
        Image = new("6.12.95-amd64", "reboot=efi root=/dev/nvme0n1p2 ro", new string('1', 32), new string('2', 32), new string('3', 32)),
        BootId = new Guid("0b0e9c1e-0000-4000-8000-000000000001"),
        StartedAt = Now - TimeSpan.FromHours(76.1),
        Supervision = new SupervisionDocument("on-failure", Autostart: true, Dump: true, 3, 2, GivenUp: false, Now.AddSeconds(4)),
        HoldsMachine = true,
    };

    private static readonly PartitionDocument Fresh = Database with
    {
        Name = "rt",
        State = "defined",
        Evidence = new("defined", Now),
        Cpus = "16",
        CpuDetails = [new(16, 32, 0)],
        MemoryBytes = 512UL << 20,
        Memory = [new(new("0x1100000000", "0x111fffffff", 512UL << 20), 0)],
        LowSlot = "0x20000",
        Uart = "0x2f8",
        HeaderPage = "0x1100000000",
        Buses = [],
        Initrd = [],
        CommandLine = "",
        Image = null,
        BootId = null,
        StartedAt = null,
        Supervision = new SupervisionDocument("never", Autostart: false, Dump: false, 0, 0, GivenUp: false, null),
        HoldsMachine = false,
    };

    [Fact]
    public void List_is_the_golden_one()
    {
        PartitionDocument panicked = Database with { Name = "web-1", Cpus = "10-11", State = "panicked", Evidence = new("ResetSystem was called with type 1 (warm: panic)", Now) };
        AssertGolden("partition-list.txt", output => PartitionListing.WriteList([Database, Fresh, panicked], Now, output));
    }

    [Fact]
    public void List_in_the_documentation_is_the_golden_one() =>
        Assert.Contains(File.ReadAllText(Path.Combine(GoldenFile.Root, "test/Parker.Cli.Tests/Goldens/partition-list.txt")), File.ReadAllText(Path.Combine(GoldenFile.Root, "docs", "cli.md")), StringComparison.Ordinal);

    [Fact]
    public void List_of_none_is_the_heading() => Assert.Equal("NAME  STATE  CPUS  MEMORY  DEVICES  KERNEL  UPTIME  EVIDENCE", Text(output => PartitionListing.WriteList([], Now, output)).TrimEnd());

    [Fact]
    public void Status_is_the_golden_one() => AssertGolden("partition-status.txt", output => PartitionListing.WriteStatus(Database, Now, output));

    [Fact]
    public void Status_before_the_first_start_is_the_golden_one() => AssertGolden("partition-status-defined.txt", output => PartitionListing.WriteStatus(Fresh, Now, output));

    [Theory]
    [InlineData(0.4, "0s")]
    [InlineData(59, "59s")]
    [InlineData(61, "1m 1s")]
    [InlineData(3661, "1h 1m")]
    [InlineData(90061, "1d 1h")]
    [InlineData(-5, "0s")]
    public void Uptime_has_its_two_largest_units(double seconds, string uptime) =>
        Assert.Contains($"  {uptime}  heartbeat", Text(output => PartitionListing.WriteList([Database with { StartedAt = Now - TimeSpan.FromSeconds(seconds) }], Now, output)), StringComparison.Ordinal);

    [Fact]
    public void Text_of_a_hostile_kernel_cannot_control_a_terminal()
    {
        PartitionDocument hostile = Database with { Evidence = new("\u001b[2Jcleared", Now), Image = Database.Image! with { Release = "6.1\u001b]0;title\u0007" } };
        Assert.DoesNotContain('\u001b', Text(output => PartitionListing.WriteList([hostile], Now, output)));
        Assert.DoesNotContain('\u001b', Text(output => PartitionListing.WriteStatus(hostile, Now, output)));
    }

    private static void AssertGolden(string name, Action<TextWriter> write) => GoldenFile.AssertEqual("test/Parker.Cli.Tests/Goldens/" + name, Text(write));

    private static string Text(Action<TextWriter> write)
    {
        using StringWriter output = new() { NewLine = "\n" };
        write(output);
        return output.ToString();
    }
}
