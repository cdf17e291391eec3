using System.Text.RegularExpressions;
using CsCheck;
using Parker.Goldens;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Planning.Configuration;
using Parker.Planning.Explicit;

namespace Parker.Planning.Tests.Configuration;

public sealed partial class ConfigurationReaderTests
{
    private const string Whole = """
        [boot-kernel]
        cores-per-node = 2
        cpus = "0-1"

        [[partition]]
        name = "db"
        cpus = 8
        memory = "16G"
        node = 0
        devices = ["0000:81:00.0", "0000:82:00.0"]
        kernel = "/boot/vmlinuz"
        initrd = ["/boot/initrd.img", "/boot/more.img"]
        cmdline = "root=/dev/nvme0n1p2 ro"
        uart = 0x2f8
        restart = "never"
        autostart = true

        [[partition]]
        name = "rt"
        cpus = "16-17"
        memory = "1G@0x480000000,1G@0x500000000"
        kernel = "/boot/vmlinuz-rt"
        """;

    private static readonly string[] Insertions = ["", "\"", "]", "[[", "=", "\n", "\0", "é", "9", "{", "#"];

    private readonly DiagnosticBag _diagnostics = [];

    [Fact]
    public void Every_key_is_read()
    {
        ParkerConfiguration read = Read(Whole)!;

        Assert.Empty(_diagnostics);
        Assert.Equal(new BootKernelShare { CoresPerNode = 2, Cpus = CpuSet.Of(0, 1) }, read.BootKernel);
        PartitionSettings db = read.Partitions[0];
        Assert.True(db.Autostart);
        Assert.Equal(RestartPolicy.Never, db.Restart);
        Assert.Equal(("db", null, 8), (db.Wish.Name.ToString(), db.Wish.Cpus, db.Wish.CpuCount));
        Assert.Equal(ByteSize.FromGibibytes(16), db.Wish.MemorySize);
        Assert.Equal(0, db.Wish.Node);
        Assert.Equal(["0000:81:00.0", "0000:82:00.0"], db.Wish.Devices.Select(device => device.ToString()));
        Assert.Equal("/boot/vmlinuz", db.Wish.KernelPath);
        Assert.Equal(["/boot/initrd.img", "/boot/more.img"], db.Wish.InitrdPaths);
        Assert.Equal("root=/dev/nvme0n1p2 ro", db.Wish.CommandLine);
        Assert.Equal((ushort)0x2f8, db.Wish.UartPort!.Value);
        PartitionWish rt = read.Partitions[1].Wish;
        Assert.Equal(CpuSet.Of(16, 17), rt.Cpus);
        Assert.Equal([new PhysicalRange(new PhysicalAddress(0x480000000), ByteSize.FromGibibytes(1)), new PhysicalRange(new PhysicalAddress(0x500000000), ByteSize.FromGibibytes(1))], rt.MemoryRanges);
        Assert.Null(rt.Node);
        Assert.False(read.Partitions[1].Autostart);
        Assert.Equal("parker.toml:20:8", rt.Places!.Cpus);
    }

    [Fact]
    public void Empty_file_wants_no_partition()
    {
        ParkerConfiguration read = Read("# nothing\n")!;

        Assert.Empty(read.Partitions);
        Assert.Equal(BootKernelShare.Default, read.BootKernel);
    }

    [Theory]
    [InlineData("CONF001", 4, 8, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = \nkernel = \"/k\"\n")]
    [InlineData("CONF002", 1, 1, "kernel = \"/k\"\n")]
    [InlineData("CONF002", 1, 2, "[machine]\n")]
    [InlineData("CONF002", 6, 1, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 1\nkernel = \"/k\"\ncpu = 2\n")]
    [InlineData("CONF002", 6, 2, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 1\nkernel = \"/k\"\n[partition.devices]\n")]
    [InlineData("CONF003", 6, 1, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 1\nkernel = \"/k\"\ncpus = 2\n")]
    [InlineData("CONF003", 2, 2, "[boot-kernel]\n[boot-kernel]\n")]
    [InlineData("CONF004", 4, 8, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 1.5\nkernel = \"/k\"\n")]
    [InlineData("CONF004", 6, 12, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 1\nkernel = \"/k\"\ndevices = [4]\n")]
    [InlineData("CONF004", 6, 13, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 1\nkernel = \"/k\"\nautostart = \"yes\"\n")]
    [InlineData("CONF004", 1, 2, "[partition]\nname = \"a\"\n")]
    [InlineData("CONF005", 1, 3, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 1\n")]
    [InlineData("CONF006", 2, 8, "[[partition]]\nname = \"A b\"\nmemory = \"1G\"\ncpus = 1\nkernel = \"/k\"\n")]
    [InlineData("CONF007", 7, 8, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 1\nkernel = \"/k\"\n[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 1\nkernel = \"/k\"\n")]
    [InlineData("CONF008", 4, 8, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = \"many\"\nkernel = \"/k\"\n")]
    [InlineData("CONF008", 4, 8, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 0\nkernel = \"/k\"\n")]
    [InlineData("CONF009", 3, 10, "[[partition]]\nname = \"a\"\nmemory = \"1 elephant\"\ncpus = 1\nkernel = \"/k\"\n")]
    [InlineData("CONF009", 3, 10, "[[partition]]\nname = \"a\"\nmemory = \"0\"\ncpus = 1\nkernel = \"/k\"\n")]
    [InlineData("CONF010", 6, 28, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 1\nkernel = \"/k\"\ndevices = [\"0000:01:00.0\", \"disk\"]\n")]
    [InlineData("CONF011", 6, 11, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 1\nkernel = \"/k\"\nrestart = \"sometimes\"\n")]
    [InlineData("CONF012", 5, 10, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 1\nkernel = \"vmlinuz\"\n")]
    [InlineData("CONF013", 6, 8, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 1\nkernel = \"/k\"\nnode = -1\n")]
    [InlineData("CONF014", 6, 8, "[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 1\nkernel = \"/k\"\nuart = \"COM2\"\n")]
    public void Problem_is_told_where_it_stands(string id, int line, int column, string text)
    {
        Assert.Null(Read(text));

        Diagnostic problem = Assert.Single(_diagnostics);
        Assert.Equal((id, $"parker.toml:{line}:{column}"), (problem.Id, problem.Place));
        Assert.NotEmpty(problem.Remedy);
    }

    [Theory]
    [InlineData("never", RestartPolicy.Never)]
    [InlineData("on-failure", RestartPolicy.OnFailure)]
    [InlineData("always", RestartPolicy.Always)]
    public void Restart_policy_is_read(string word, RestartPolicy policy)
    {
        ParkerConfiguration configuration = Read($"[[partition]]\nname = \"a\"\nmemory = \"1G\"\ncpus = 1\nkernel = \"/k\"\nrestart = \"{word}\"\n")!;

        Assert.Empty(_diagnostics);
        Assert.Equal(policy, Assert.Single(configuration.Partitions).Restart);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        Assert.Null(Read("""
            top = 1
            [[partition]]
            name = "UPPER"
            cpus = true
            memory = "a lot"
            devices = "0000:01:00.0"
            kernel = "vmlinuz"
            colour = "red"
            [other]
            """));

        Assert.Equal(["CONF002", "CONF002", "CONF006", "CONF004", "CONF009", "CONF004", "CONF012", "CONF002"], _diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.All(_diagnostics, diagnostic => Assert.Matches(Place(), diagnostic.Place));
    }

    [Fact]
    public void Damaged_files_give_diagnostics_and_never_throw() =>
        Gen.Select(Gen.Int[0, Whole.Length - 1], Gen.Int[0, 12], Gen.Int[0, Insertions.Length - 1]).Sample((at, length, insertion) =>
        {
            DiagnosticBag diagnostics = [];
            string text = Whole[..at] + Insertions[insertion] + Whole[Math.Min(Whole.Length, at + length)..];
            bool isRead = ConfigurationReader.TryRead(text, "parker.toml", diagnostics) is not null;
            return isRead == !diagnostics.HasErrors && diagnostics.All(diagnostic => Place().IsMatch(diagnostic.Place));
        });

    [Fact]
    public void Example_of_the_documentation_is_read()
    {
        string document = File.ReadAllText(Path.Combine(GoldenFile.Root, "docs", "configuration.md"));
        string example = Example().Match(document).Groups[1].Value;

        Assert.NotNull(Read(example));
        Assert.All(ConfigurationKeys.PartitionKeys, key => Assert.Contains(key + " = ", example, StringComparison.Ordinal));
        Assert.All(ConfigurationKeys.PartitionKeys.Concat(ConfigurationKeys.BootKernelKeys), key => Assert.Contains($"| `{key}` |", document, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^parker\.toml:[0-9]+:[0-9]+$")]
    private static partial Regex Place();

    [GeneratedRegex("```toml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    private ParkerConfiguration? Read(string text) => ConfigurationReader.TryRead(text, "parker.toml", _diagnostics);
}
