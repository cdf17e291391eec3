using CsCheck;
using Parker.Api.Partitions;
using Parker.Daemon.Partitions;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Planning.Explicit;

namespace Parker.Daemon.Tests.Partitions;

public sealed class PartitionRequestReaderTests
{
    private static readonly string[] Ids = ["REQ001", "REQ002", "REQ003", "REQ004", "REQ005", "REQ006", "REQ007"];

    [Fact]
    public void Request_that_is_right_becomes_a_wish()
    {
        DiagnosticBag diagnostics = [];
        PartitionWish? wish = PartitionRequestReader.TryRead(
            TestServer.Request(cpus: "8-11", memory: "1G@0x200000000,512M@0x400000000", devices: "0000:01:00.0") with { Uart = "0x2f8", Node = 1 }, diagnostics);
        Assert.Empty(diagnostics);
        Assert.NotNull(wish);
        Assert.Equal(CpuSet.Parse("8-11"), wish.Cpus);
        Assert.Equal(["0x200000000", "0x400000000"], wish.MemoryRanges.Select(range => range.Start.ToString()));
        Assert.Equal(PciAddress.Parse("0000:01:00.0"), Assert.Single(wish.Devices));
        Assert.Equal((ushort)0x2F8, wish.UartPort);
        Assert.Equal(1, wish.Node);
    }

    [Fact]
    public void Numbers_alone_are_counts_and_sizes()
    {
        PartitionWish? wish = PartitionRequestReader.TryRead(TestServer.Request(cpus: "4", memory: "2G"), []);
        Assert.Null(wish!.Cpus);
        Assert.Equal(4, wish.CpuCount);
        Assert.Equal(ByteSize.FromGibibytes(2), wish.MemorySize);
        Assert.Equal(CpuSet.Of(8), PartitionRequestReader.TryRead(TestServer.Request(cpus: "8-8"), [])!.Cpus);
    }

    [Theory]
    [InlineData("REQ001", "Db", "4", "1G", null, null, "/k", "/i")]
    [InlineData("REQ001", "-db", "4", "1G", null, null, "/k", "/i")]
    [InlineData("REQ001", "a23456789012345678901234567890123", "4", "1G", null, null, "/k", "/i")]
    [InlineData("REQ002", "db", "4-", "1G", null, null, "/k", "/i")]
    [InlineData("REQ002", "db", "0-4294967295", "1G", null, null, "/k", "/i")]
    [InlineData("REQ002", "db", "-1", "1G", null, null, "/k", "/i")]
    [InlineData("REQ003", "db", "4", "lots", null, null, "/k", "/i")]
    [InlineData("REQ003", "db", "4", "", null, null, "/k", "/i")]
    [InlineData("REQ003", "db", "4", "1G@", null, null, "/k", "/i")]
    [InlineData("REQ003", "db", "4", "1G@0x100000000,", null, null, "/k", "/i")]
    [InlineData("REQ003", "db", "4", "8G@0xffffffffffff0000", null, null, "/k", "/i")]
    [InlineData("REQ004", "db", "4", "1G", "disk", null, "/k", "/i")]
    [InlineData("REQ005", "db", "4", "1G", null, "COM2", "/k", "/i")]
    [InlineData("REQ005", "db", "4", "1G", null, "0", "/k", "/i")]
    [InlineData("REQ005", "db", "4", "1G", null, "0x10000", "/k", "/i")]
    [InlineData("REQ006", "db", "4", "1G", null, null, "", "/i")]
    [InlineData("REQ006", "db", "4", "1G", null, null, "/k\0", "/i")]
    [InlineData("REQ007", "db", "4", "1G", null, null, "/k", "")]
    [InlineData("REQ006", "db", "4", "1G", null, null, "vmlinuz", "/i")]
    [InlineData("REQ007", "db", "4", "1G", null, null, "/k", "../initrd")]
    public void Text_that_is_wrong_is_told_with_its_id(string id, string name, string cpus, string memory, string? device, string? uart, string kernel, string initrd)
    {
        PartitionRequest request = new() { Name = name, Cpus = cpus, Memory = memory, Devices = device is null ? [] : [device], Uart = uart, Kernel = kernel, Initrd = [initrd] };
        DiagnosticBag diagnostics = [];
        Assert.Null(PartitionRequestReader.TryRead(request, diagnostics));
        Diagnostic problem = Assert.Single(diagnostics);
        Assert.Equal(id, problem.Id);
        Assert.NotEmpty(problem.Place);
        Assert.NotEmpty(problem.Remedy);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        DiagnosticBag diagnostics = [];
        PartitionRequestReader.TryRead(new PartitionRequest { Name = "", Cpus = "x", Memory = "x", Devices = ["x"], Uart = "x", Kernel = "", Initrd = [""] }, diagnostics);
        Assert.Equal(Ids, diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void Hostile_texts_give_a_wish_or_diagnostics_and_throw_nothing()
    {
        Gen<string> text = Gen.OneOf(
            Gen.String,
            Gen.String[Gen.Char["0123456789abcdefxGMKT@,-:./ \0"], 0, 40],
            One("18446744073709551615", "0xffffffffffffffff@0xffffffffffffffff", "1G@0xfffffffffffff000", "0-65535", "0-4294967295:1/0", "ffff:ff:1f.7", "0x", "99999999999G"));
        Gen.Select(text, text, text, text, text, text, text).Sample((name, cpus, memory, device, uart, kernel, initrd) =>
        {
            DiagnosticBag diagnostics = [];
            PartitionRequest request = new() { Name = name, Cpus = cpus, Memory = memory, Devices = [device], Uart = uart, Kernel = kernel, Initrd = [initrd] };
            PartitionWish? wish = PartitionRequestReader.TryRead(request, diagnostics);
            return (wish is null) == diagnostics.HasErrors && diagnostics.All(diagnostic => Ids.Contains(diagnostic.Id));
        }, iter: 20_000);
    }

    [Fact]
    public void Hostile_texts_that_are_read_are_refused_by_create_or_defined_and_throw_nothing_else()
    {
        using TestServer server = new();
        Gen<string> cpus = Gen.OneOf(Gen.Int[0, 20].Select(count => $"{count}"), Gen.Select(Gen.Int[0, 70000], Gen.Int[0, 70000], (first, last) => $"{first}-{last}"), One("", "2147483647", "4,5,5-4"));
        Gen<string> memory = Gen.OneOf(
            Gen.ULong.Select(size => $"{size}"),
            Gen.Select(Gen.ULong, Gen.ULong, (size, start) => $"{size}@0x{start:x}"),
            One("0", "0@0x0", "1G@0x200000000,1G@0x200000000", "4096@0x10000", "1G@0x100000000"));
        Gen<string> device = One("0000:01:00.0", "0000:00:00.0", "0000:00:1f.2", "0000:03:00.0", "ffff:ff:1f.7");
        Gen.Select(cpus, memory, device, Gen.Int[-2, 3], Gen.UShort).Sample((wantedCpus, wantedMemory, wantedDevice, node, uart) =>
        {
            PartitionRequest request = TestServer.Request(cpus: wantedCpus, memory: wantedMemory, devices: wantedDevice) with { Node = node, Uart = $"0x{uart:x}" };
            try
            {
                server.Command().Create(request, dryRun: true, []);
            }
            catch (RefusedException refused)
            {
                Assert.Contains(refused.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            }
        }, iter: 1000, threads: 1);
    }

    private static Gen<string> One(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
