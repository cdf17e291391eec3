using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Parker.Boot.Kernels;
using Parker.Boot.Tests.Kernels;
using Parker.Firmware.Tests.Acpi;
using Parker.Fixtures;
using Parker.Goldens;

namespace Parker.Cli.Tests.Verbs;

public sealed class DescribeVerbTests : IDisposable
{
    private static readonly string Machine = new MachineFixture("2s1n2c2t-q35-xapic").ArchivePath;
    private readonly TemporaryFolder _folder = new();

    public DescribeVerbTests()
    {
        File.WriteAllBytes(_folder["vmlinuz"], new ImageBuilder().Build());
        _folder.Write("initrd", "not compressed");
    }

    private string Target => _folder["out"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Description_of_a_partition_on_a_captured_machine_is_the_golden_text()
    {
        ProgramRun run = Describe("--device", "0000:01:00.0", "--uart", "0x2f8", "--cmdline", "root=/dev/nvme0n1p1");

        Assert.StartsWith($"parker: {_folder["initrd"]}: warning IMG", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        StringBuilder text = new();
        foreach (string name in new[] { "cmdline.txt", "e820.txt", "efi-memory-map.txt", "address-map.txt" })
        {
            text.Append(CultureInfo.InvariantCulture, $"=== {name}\n{File.ReadAllText(Path.Combine(Target, name))}\n");
        }

        GoldenFile.AssertEqual("test/Parker.Cli.Tests/Goldens/describe-q35-xapic.txt", text.ToString());
    }

    [Fact]
    public void Every_file_that_is_written_is_listed_with_its_length()
    {
        ProgramRun run = Describe("--device", "0000:01:00.0");

        string[] listed = run.Output.Split('\n')[2..^1];
        Assert.Equal(
            ["APIC.aml", "DSDT.aml", "FACP.aml", "MCFG.aml", "RSDP.bin", "SLIT.aml", "SRAT.aml", "XSDT.aml", "address-map.txt", "boot_params.bin", "cmdline.txt", "e820.txt", "efi-memory-map.txt", "plan.json", "plan.txt"],
            Directory.EnumerateFiles(Target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.EnumerateFiles(Target), path =>
        {
            string line = Assert.Single(listed, line => line.StartsWith(Path.GetFileName(path) + " ", StringComparison.Ordinal));
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $" {new FileInfo(path).Length}  "), line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Tables_disassemble_without_a_remark_and_name_what_was_granted()
    {
        Describe("--device", "0000:01:00.0");

        Dictionary<string, string> sources = Directory.EnumerateFiles(Target, "*.aml")
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => Iasl.Disassemble(File.ReadAllBytes(path)));
        Assert.Contains("Segment Group Number : 0001", sources["MCFG"], StringComparison.Ordinal);
        Assert.Contains("PNP0A08", sources["DSDT"], StringComparison.Ordinal);
    }

    [Fact]
    public void Boot_params_and_plan_are_those_of_the_partition()
    {
        Describe();

        boot_params parameters = MemoryMarshal.Read<boot_params>(File.ReadAllBytes(Path.Combine(Target, "boot_params.bin")));
        Assert.Equal(0xff, parameters.hdr.type_of_loader);
        Assert.Equal(File.ReadAllLines(Path.Combine(Target, "e820.txt")).Length, parameters.e820_entries);
        using JsonDocument plan = JsonDocument.Parse(File.ReadAllText(Path.Combine(Target, "plan.json")));
        Assert.Equal("db", plan.RootElement.GetProperty("name").GetString());
        Assert.Equal(2, plan.RootElement.GetProperty("cpu_details").GetArrayLength());
        Assert.Contains("initrd        " + _folder["initrd"], File.ReadAllText(Path.Combine(Target, "plan.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Directory_that_is_not_empty_is_left_alone()
    {
        _folder.Write("out/mine", "");

        Describe().AssertFailed(ExitCode.Refused, "not empty", "--force");

        Assert.Equal(["mine"], Directory.EnumerateFiles(Target).Select(Path.GetFileName));
    }

    [Fact]
    public void Earlier_description_is_replaced_by_force_with_tables_that_are_no_more()
    {
        Describe("--device", "0000:01:00.0");
        _folder.Write("out/mine", "kept");
        Assert.True(File.Exists(Path.Combine(Target, "MCFG.aml")));

        ProgramRun run = Describe("--force");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.False(File.Exists(Path.Combine(Target, "MCFG.aml")));
        Assert.True(File.Exists(Path.Combine(Target, "DSDT.aml")));
        Assert.Equal("kept", File.ReadAllText(Path.Combine(Target, "mine")));
    }

    [Fact]
    public void File_in_the_place_of_the_directory_is_refused()
    {
        _folder.Write("out", "");
        Describe("--force").AssertFailed(ExitCode.Refused, "it is a file");
    }

    [Theory]
    [InlineData("REQ001", "DB", "2", "256M", "vmlinuz")]
    [InlineData("FIT", "db", "200", "256M", "vmlinuz")]
    [InlineData("IMG002", "db", "2", "256M", "initrd")]
    [InlineData("IMG001", "db", "2", "256M", "missing")]
    [InlineData("LAY004", "db", "2", "32M", "vmlinuz")]
    public void Partition_that_cannot_be_is_refused_with_the_reason_and_nothing_is_written(string id, string name, string cpus, string memory, string kernel)
    {
        ProgramRun.Of("describe", name, Target, "--root", Machine, "--cpus", cpus, "--memory", memory, "--kernel", _folder[kernel])
            .AssertFailed(ExitCode.Refused, id);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public void Captured_machine_or_part_of_the_options_alone_is_wrong_usage()
    {
        ProgramRun.Of("describe", "db", Target, "--root", Machine).AssertFailed(ExitCode.Usage, "--root needs --cpus, --memory and --kernel");
        ProgramRun.Of("describe", "db", Target, "--cpus", "2").AssertFailed(ExitCode.Usage, "'--memory' is required", "'--kernel' is required");
        Assert.False(Directory.Exists(Target));
    }

    private ProgramRun Describe(params string[] more) => ProgramRun.Of(
        ["describe", "db", Target, "--root", Machine, "--cpus", "2", "--memory", "256M", "--kernel", _folder["vmlinuz"], "--initrd", _folder["initrd"], .. more]);
}
