using CsCheck;
using Parker.Boot.Initrds;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Boot.Tests.Initrds;

public sealed class InitrdConcatenationTests
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // RFC 8878: magic, single segment with a content size of 3, one last raw block of 3 bytes.
    private static readonly byte[] Zstd = [0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x03, 0x19, 0x00, 0x00, 1, 2, 3];

    // The same with a window, a checksum and two blocks, the first of them one repeated byte.
    private static readonly byte[] ZstdOfTwoBlocks = [0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x00, 0x1a, 0x00, 0x00, 7, 0x19, 0x00, 0x00, 1, 2, 3, 9, 9, 9, 9];
    private static readonly byte[] Lz4 = [0x02, 0x21, 0x4c, 0x18, 3, 0, 0, 0, 1, 2, 3];
    private static readonly byte[] Xz = [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, 1, 2, 3, (byte)'Y', (byte)'Z'];
    private static readonly byte[] Gzip = [0x1f, 0x8b, 8, 0, 1, 2, 3];

    [Fact]
    public void Files_lie_at_multiples_of_4_with_at_least_4_zeros_between()
    {
        using OpenFiles files = new([.. Zstd, .. new byte[1]], Gzip, Lz4);
        InitrdConcatenation content = files.Join()!;
        byte[] bytes = new byte[content.Length.Bytes];
        content.CopyTo(ByteSize.Zero, bytes);
        Assert.Equal([.. Zstd, .. new byte[8], .. Gzip, .. new byte[5], .. Lz4], bytes);
        Assert.Equal(3, content.Files.Count);
    }

    [Fact]
    public void Any_part_is_the_same_as_that_part_of_the_whole()
    {
        using OpenFiles files = new(Zstd, Archive("a"), Gzip, Archive("bcd"), Xz);
        InitrdConcatenation content = files.Join()!;
        byte[] whole = new byte[content.Length.Bytes];
        content.CopyTo(ByteSize.Zero, whole);
        Gen.Select(Gen.Int[0, whole.Length], Gen.Int[0, whole.Length], (left, right) => (Start: Math.Min(left, right), End: Math.Max(left, right))).Sample(
            range =>
            {
                byte[] part = new byte[range.End - range.Start];
                Array.Fill(part, (byte)0xcc);
                content.CopyTo(new ByteSize((ulong)range.Start), part);
                return part.AsSpan().SequenceEqual(whole.AsSpan(range.Start, part.Length));
            },
            iter: 500);
        Assert.Throws<ArgumentOutOfRangeException>(() => content.CopyTo(new ByteSize(1), whole));
    }

    public static TheoryData<string, byte[]> Sound => new()
    {
        { "cpio", Archive("a") },
        { "cpio with zeros up to 512", [.. Archive("a"), .. new byte[512]] },
        { "two cpio", [.. Archive("a"), .. Archive("b")] },
        { "microcode, then Zstandard", [.. Archive("kernel/x86/microcode/GenuineIntel.bin"), .. new byte[7], .. Zstd] },
        { "Zstandard of two blocks", ZstdOfTwoBlocks },
        { "LZ4", Lz4 },
        { "LZ4 twice", [.. Lz4, .. Lz4] },
        { "LZ4, then cpio", [.. Lz4, 0, 0, 0, 0, 0, .. Archive("a")] },
        { "XZ", [.. Xz, 0, 0, 0, 0] },
        { "XZ, then cpio", [.. Xz, 0, .. Archive("a")] },
        { "gzip", Gzip },
        { "bzip2", "BZh91AY"u8.ToArray() },
        { "zeros before", [0, 0, 0, 0, .. Zstd] },
    };

    [Theory]
    [MemberData(nameof(Sound))]
    public void File_that_the_kernel_unpacks_is_taken_without_a_word(string what, byte[] bytes)
    {
        Assert.True(bytes.Length > 0, what);
        using OpenFiles files = new(bytes);
        Assert.NotNull(files.Join());
        Assert.Empty(files.Diagnostics);
    }

    public static TheoryData<string, DiagnosticSeverity, byte[]> Unsound => new()
    {
        { "IMG041", DiagnosticSeverity.Error, [] },
        { "IMG042", DiagnosticSeverity.Error, Archive("a")[..50] },
        { "IMG042", DiagnosticSeverity.Error, Archive("a", 300)[..200] },
        { "IMG042", DiagnosticSeverity.Error, Archive("a")[..^12] },
        { "IMG042", DiagnosticSeverity.Error, Zstd[..^1] },
        { "IMG042", DiagnosticSeverity.Error, Zstd[..4] },
        { "IMG042", DiagnosticSeverity.Error, Zstd[..8] },
        { "IMG042", DiagnosticSeverity.Error, ZstdOfTwoBlocks[..^1] },
        { "IMG042", DiagnosticSeverity.Error, Lz4[..^1] },
        { "IMG043", DiagnosticSeverity.Warning, "hsqs squashfs"u8.ToArray() },
        { "IMG044", DiagnosticSeverity.Warning, [.. Zstd, .. "junk!!"u8] },
        { "IMG044", DiagnosticSeverity.Warning, [.. Zstd, 0, .. Archive("a")] },
        { "IMG045", DiagnosticSeverity.Error, "070707000000000"u8.ToArray() },
        { "IMG045", DiagnosticSeverity.Error, [0xc7, 0x71, 1, 2, 3, 4] },
        { "IMG046", DiagnosticSeverity.Warning, Archive("a")[..112] },
        { "IMG046", DiagnosticSeverity.Error, [.. Archive("a")[..112], 0, 0, 0, 0] },
        { "IMG047", DiagnosticSeverity.Warning, Xz[..^1] },
        { "IMG048", DiagnosticSeverity.Error, new byte[20] },
        { "IMG048", DiagnosticSeverity.Error, [0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x03, 0x1f, 0, 0, 1, 2, 3] },
        { "IMG048", DiagnosticSeverity.Error, [0x02, 0x21, 0x4c, 0x18, 0xff, 0xff, 0xff, 0xff] },
        { "IMG048", DiagnosticSeverity.Error, [.. "070701"u8, .. Enumerable.Repeat((byte)'x', 200)] },
    };

    [Theory]
    [MemberData(nameof(Unsound))]
    public void File_that_the_kernel_stumbles_over_is_told(string id, DiagnosticSeverity severity, byte[] bytes)
    {
        using OpenFiles files = new(bytes);
        Assert.Equal(severity == DiagnosticSeverity.Error, files.Join() is null);
        Diagnostic diagnostic = Assert.Single(files.Diagnostics);
        Assert.Equal((id, severity), (diagnostic.Id, diagnostic.Severity));
    }

    [Fact]
    public void Archive_without_end_mark_is_refused_before_another_file()
    {
        using OpenFiles files = new(Archive("a")[..112], Zstd);
        Assert.Null(files.Join());
        Assert.Equal(("IMG046", DiagnosticSeverity.Error), (files.Diagnostics.First().Id, files.Diagnostics.First().Severity));
    }

    [Fact]
    public void Damaged_files_give_diagnostics_and_never_throw()
    {
        byte[] whole = [.. Archive("a", 40), .. ZstdOfTwoBlocks, .. Lz4, 0, 0, 0, 0, 0, 0, 0, 0, .. Xz];
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.OneOf(Gen.Byte, Gen.Const((byte)0), Gen.Const((byte)0xff))).Array[1, 6].Select(Gen.Int[1, whole.Length]).Sample(
            (changes, length) =>
            {
                byte[] bytes = [.. whole];
                foreach ((int at, byte value) in changes)
                {
                    bytes[at] = value;
                }

                DiagnosticBag diagnostics = [];
                return InitrdChecker.Check(new ByteContent(bytes.AsMemory(0, length)), isLast: true, "x", diagnostics) != diagnostics.HasErrors;
            },
            iter: 5000);
    }

    [Fact]
    public void Paths_are_opened_behind_the_initrd_of_the_image_and_all_bad_ones_told()
    {
        using TemporaryFile first = new(Zstd);
        using TemporaryFile second = new(Gzip);
        FileContent embedded = new(first.Handle, first.Path, ByteSize.Zero, new ByteSize((ulong)Zstd.Length));
        DiagnosticBag diagnostics = [];
        using (InitrdFiles files = InitrdFiles.TryOpen([second.Path], embedded, diagnostics)!)
        {
            Assert.Equal([first.Path, second.Path], files.Content!.Files.Select(file => file.Path));
            Assert.Equal(files.Content.Length, files.Length);
        }

        Assert.Null(InitrdFiles.TryOpen([first.Path + "-missing", Path.GetTempPath(), second.Path], null, diagnostics));
        Assert.Equal(["IMG040", "IMG040"], diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void No_initrd_is_none()
    {
        using InitrdFiles files = InitrdFiles.TryOpen([], null, [])!;
        Assert.Null(files.Content);
        Assert.Equal(ByteSize.Zero, files.Length);
    }

    private static byte[] Archive(string name, int length = 0)
    {
        using MemoryStream stream = new();
        using (CpioWriter cpio = new(stream))
        {
            cpio.AddFile(name, new byte[length], Plain);
        }

        return stream.ToArray();
    }

    private sealed class OpenFiles(params byte[][] contents) : IDisposable
    {
        private readonly TemporaryFile[] _files = [.. contents.Select(content => new TemporaryFile(content))];

        public DiagnosticBag Diagnostics { get; } = [];

        public InitrdConcatenation? Join() => InitrdConcatenation.TryCreate(
            [.. _files.Select(file => new FileContent(file.Handle, file.Path, ByteSize.Zero, new ByteSize((ulong)RandomAccess.GetLength(file.Handle))))], Diagnostics);

        public void Dispose() => Array.ForEach(_files, file => file.Dispose());
    }
}
