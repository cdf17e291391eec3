using System.Formats.Tar;
using System.Text;
using Parker.Cli.Captures;
using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Machine.Topology.Sources;
using ZstdSharp;

namespace Parker.Cli.Tests.Captures;

public sealed class CaptureArchiveTests
{
    private static readonly ByteSize Limit = ByteSize.FromMebibytes(16);

    [Fact]
    public void Read_gives_back_what_was_written()
    {
        TreeMachineSource tree = CaptureArchive.Read(new MemoryStream(Write()), "x", Limit);
        Assert.Equal(SourceStatus.Ok, tree.TryRead("/proc/cpuinfo", out byte[] content));
        Assert.Equal("processor : 0\n", Encoding.UTF8.GetString(content));
        Assert.Equal(SourceStatus.Ok, tree.TryReadLink("/sys/link", out string target));
        Assert.Equal("../" + new string('t', 180), target);
        Assert.Equal(SourceStatus.Ok, tree.TryRead("/proc/empty", out content));
        Assert.Empty(content);
        Assert.Equal(SourceStatus.Ok, tree.TryRead("/sys/" + new string('n', 200) + "/value", out _));
        Assert.Equal(SourceStatus.Ok, tree.TryReadMsr(0, 0x1b, out ulong value));
        Assert.Equal(0xfee00d00UL, value);
    }

    [Fact]
    public void Write_same_tree_gives_the_same_bytes() => Assert.Equal(Write(), Write());

    [Fact]
    public void Read_archive_of_plain_tar_with_leading_dots_is_taken()
    {
        TreeMachineSource tree = Read(Entry(TarEntryType.Directory, "./"), Entry(TarEntryType.RegularFile, "./proc/cpuinfo", "x"));
        Assert.True(tree.Exists("/proc/cpuinfo"));
    }

    [Theory]
    [InlineData(TarEntryType.RegularFile, "../escape", "leads out of the tree")]
    [InlineData(TarEntryType.RegularFile, "/etc/passwd", "leads out of the tree")]
    [InlineData(TarEntryType.RegularFile, "proc/../../escape", "leads out of the tree")]
    [InlineData(TarEntryType.RegularFile, "a//b", "leads out of the tree")]
    [InlineData(TarEntryType.HardLink, "proc/x", "neither folder, file nor symbolic link")]
    [InlineData(TarEntryType.CharacterDevice, "dev/mem", "neither folder, file nor symbolic link")]
    [InlineData(TarEntryType.BlockDevice, "dev/sda", "neither folder, file nor symbolic link")]
    [InlineData(TarEntryType.Fifo, "proc/pipe", "neither folder, file nor symbolic link")]
    public void Read_hostile_entry_is_refused(TarEntryType type, string path, string problem) => AssertRefused(problem, Pack(Entry(type, path)));

    [Fact]
    public void Read_entry_twice_is_refused() => AssertRefused("twice", Pack(Entry(TarEntryType.RegularFile, "a"), Entry(TarEntryType.RegularFile, "a")));

    [Fact]
    public void Read_file_below_a_link_is_refused() =>
        AssertRefused("below a file", Pack(Entry(TarEntryType.SymbolicLink, "a", "/etc"), Entry(TarEntryType.RegularFile, "a/passwd", "x")));

    [Fact]
    public void Read_link_out_of_the_tree_stays_inside_when_followed()
    {
        TreeMachineSource tree = Read(Entry(TarEntryType.SymbolicLink, "a", "../../../../etc/passwd"), Entry(TarEntryType.SymbolicLink, "b", "/proc/version"));
        Assert.Equal(SourceStatus.Missing, tree.TryRead("/a", out _));
        Assert.Equal(SourceStatus.Missing, tree.TryRead("/b", out _));
    }

    [Fact]
    public void Read_deep_path_is_refused() => AssertRefused("deeper than", Pack(Entry(TarEntryType.RegularFile, string.Join('/', Enumerable.Repeat("d", 80)))));

    [Fact]
    public void Read_long_path_is_refused() => AssertRefused("longer than", Pack(Entry(TarEntryType.RegularFile, new string('d', 5000))));

    [Fact]
    public void Read_control_characters_of_a_path_do_not_reach_the_terminal()
    {
        string message = AssertRefused("leads out", Pack(Entry(TarEntryType.RegularFile, "../\u001b[2J")));
        Assert.DoesNotContain(message, char.IsControl);
    }

    [Fact]
    public void Read_bomb_of_many_files_is_refused()
    {
        byte[] zeros = new byte[1 << 20];
        AssertRefused("unpacks to more than 16 MiB", Pack([.. Enumerable.Range(0, 17).Select(i => Entry(TarEntryType.RegularFile, $"f{i}", zeros))]));
    }

    [Fact]
    public void Read_file_larger_than_any_reader_takes_is_refused()
    {
        // The header alone: the size stands there, and no bytes follow.
        byte[] tar = new byte[1024];
        Encoding.ASCII.GetBytes("big\0").CopyTo(tar, 0);
        Encoding.ASCII.GetBytes("0000644\0").CopyTo(tar, 100);
        Encoding.ASCII.GetBytes("0000000\0").CopyTo(tar, 108);
        Encoding.ASCII.GetBytes("0000000\0").CopyTo(tar, 116);
        Encoding.ASCII.GetBytes("37777777777\0").CopyTo(tar, 124);
        Encoding.ASCII.GetBytes("00000000000\0").CopyTo(tar, 136);
        Encoding.ASCII.GetBytes("        0").CopyTo(tar, 148);
        Encoding.ASCII.GetBytes("ustar\00000").CopyTo(tar, 257);
        Encoding.ASCII.GetBytes(Convert.ToString(tar.Take(512).Sum(value => value), 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
        AssertRefused(" bytes, and 67108864 are allowed", Compress(tar));
    }

    [Fact]
    public void Read_no_zstd_is_refused() => AssertRefused("not compressed with zstd", Encoding.ASCII.GetBytes("PK not a capture at all"));

    [Fact]
    public void Read_empty_file_is_refused() => AssertRefused("cut off", []);

    [Fact]
    public void Read_archive_cut_off_anywhere_or_changed_is_refused_or_read()
    {
        byte[] good = Write();
        Random random = new(7);
        for (int length = 0; length < good.Length; length += 1 + (length / 40))
        {
            TryRead(good[..length]);
        }

        for (int round = 0; round < 300; round++)
        {
            byte[] changed = [.. good];
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            TryRead(changed);
        }
    }

    [Fact]
    public void Read_changed_tar_within_good_compression_is_refused_or_read()
    {
        byte[] good = Tar(Entry(TarEntryType.Directory, "proc"), Entry(TarEntryType.RegularFile, "proc/cpuinfo", "x"), Entry(TarEntryType.SymbolicLink, new string('l', 150), new string('t', 150)));
        Random random = new(7);
        for (int round = 0; round < 500; round++)
        {
            byte[] changed = [.. good];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            TryRead(Compress(changed[..random.Next(changed.Length)]));
        }
    }

    private static void TryRead(byte[] packed)
    {
        try
        {
            CaptureArchive.Read(new MemoryStream(packed), "x", Limit);
        }
        catch (CommandFailedException refused)
        {
            Assert.Equal(ExitCode.Refused, refused.ExitCode);
        }
    }

    private static string AssertRefused(string problem, byte[] packed)
    {
        CommandFailedException refused = Assert.Throws<CommandFailedException>(() => CaptureArchive.Read(new MemoryStream(packed), "name.tar.zst", Limit));
        Assert.Equal(ExitCode.Refused, refused.ExitCode);
        Assert.StartsWith("'name.tar.zst' is not a captured machine: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        return refused.Message;
    }

    private static TreeMachineSource Read(params TarEntry[] entries) => CaptureArchive.Read(new MemoryStream(Pack(entries)), "x", Limit);

    private static byte[] Write()
    {
        using MemoryStream stream = new();
        using (CaptureArchiveWriter writer = new(stream))
        {
            writer.Add(".parker", CaptureEntryKind.Folder, []);
            writer.Add(".parker/msr", CaptureEntryKind.File, "0 0x1b 0xfee00d00\n"u8);
            writer.Add("proc", CaptureEntryKind.Folder, []);
            writer.Add("proc/cpuinfo", CaptureEntryKind.File, "processor : 0\n"u8);
            writer.Add("proc/empty", CaptureEntryKind.File, []);
            writer.Add("sys", CaptureEntryKind.Folder, []);
            writer.Add("sys/link", CaptureEntryKind.Link, Encoding.UTF8.GetBytes("../" + new string('t', 180)));
            writer.Add("sys/" + new string('n', 200), CaptureEntryKind.Folder, []);
            writer.Add("sys/" + new string('n', 200) + "/value", CaptureEntryKind.File, "1\n"u8);
        }

        return stream.ToArray();
    }

    private static PaxTarEntry Entry(TarEntryType type, string path, string content = "")
    {
        PaxTarEntry entry = new(type, path);
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
        {
            entry.LinkName = content.Length == 0 ? "target" : content;
        }
        else if (type == TarEntryType.RegularFile)
        {
            entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        }

        return entry;
    }

    private static PaxTarEntry Entry(TarEntryType type, string path, byte[] content) => new(type, path) { DataStream = new MemoryStream(content) };

    private static byte[] Pack(params TarEntry[] entries) => Compress(Tar(entries));

    private static byte[] Tar(params TarEntry[] entries)
    {
        using MemoryStream stream = new();
        using (TarWriter writer = new(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (TarEntry entry in entries)
            {
                writer.WriteEntry(entry);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Compress(byte[] bytes)
    {
        using Compressor compressor = new(3);
        return compressor.Wrap(bytes).ToArray();
    }
}
