using CsCheck;
using Parker.Boot.Kernels;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Boot.Tests.Kernels;

public sealed class KernelImageTests
{
    [Fact]
    public void Image_in_order_gives_every_fact_and_no_diagnostic()
    {
        byte[] bytes = new ImageBuilder().Build();
        using TemporaryFile file = new(bytes);
        (KernelImage? image, DiagnosticBag diagnostics) = Read(file);
        Assert.Empty(diagnostics);
        Assert.NotNull(image);
        Assert.Equal("6.12.95-amd64", image.Release);
        Assert.Equal("6.12.95-amd64 (builder@example.org) #1 SMP Debian 6.12.95-1", image.VersionText);
        Assert.Equal(new Version(2, 15), image.Protocol);
        Assert.Equal(LoadFlags.LoadedHigh, image.LoadFlags);
        Assert.Equal((ExtendedLoadFlags)0x7f, image.ExtendedLoadFlags);
        Assert.Equal(2047, image.MaximumCommandLineLength);
        Assert.Equal(new ByteSize(0x37ee000), image.InitSize);
        Assert.Equal(ByteSize.FromMebibytes(2), image.KernelAlignment);
        Assert.Equal(new PhysicalAddress(0x1000000), image.PreferredAddress);
        Assert.Equal(PayloadFormat.Zstd, image.PayloadFormat);
        Assert.Equal(ChecksumState.Matches, image.Checksum);
        Assert.False(image.IsUnified);
        Assert.Equal(bytes[0x1f1..0x26c], image.SetupHeader.ToArray());
        Assert.Equal(new ByteSize(0x1000), image.Payload.Start);
        Assert.Equal(new ByteSize(0x4000), image.Payload.Length);
        Assert.Equal(new ImageFootprint(new ByteSize(0x4000), new ByteSize(0x37ee000), new ByteSize(0x200000), new ByteSize(5)), image.Footprint(new ByteSize(5)));
    }

    [Fact]
    public void Payload_gives_the_bytes_after_the_real_mode_code()
    {
        byte[] bytes = new ImageBuilder { SetupSects = 0, Signed = true }.Build();
        using TemporaryFile file = new(bytes);
        KernelImage image = Read(file).Image!;
        byte[] payload = new byte[image.Payload.Length.Bytes];
        image.Payload.CopyTo(ByteSize.Zero, payload);
        Assert.Equal(bytes[(5 * 512)..^48], payload);
    }

    [Fact]
    public void Signature_of_secure_boot_leaves_the_checksum_in_order()
    {
        Assert.Equal(ChecksumState.Matches, Read(new ImageBuilder { Signed = true }.Build()).Image!.Checksum);
    }

    [Fact]
    public void Every_changed_byte_of_an_image_with_a_checksum_is_refused()
    {
        byte[] whole = new ImageBuilder { Code = ImageBuilder.MakeCode(0x1400 - 4) }.Build();
        // All but the PE header's checksum and certificate entry, which signing changes.
        Gen.Int[0, whole.Length - 1].Where(at => at is not (>= ImageBuilder.PeAt + 88 and < ImageBuilder.PeAt + 92) and not (>= ImageBuilder.PeAt + 168 and < ImageBuilder.PeAt + 176))
            .Select(Gen.Byte[1, 255])
            .Sample(
                (at, difference) =>
                {
                    byte[] bytes = [.. whole];
                    bytes[at] ^= difference;
                    (KernelImage? image, DiagnosticBag diagnostics) = Read(bytes);

                    // A release that is 6.15 or later after the change has no checksum to compare.
                    return image is null ? diagnostics.HasErrors : at is 0x20e or 0x20f or (>= ImageBuilder.VersionAt and < ImageBuilder.VersionAt + 5);
                },
                iter: 300);
    }

    [Theory]
    [InlineData("6.14.11-generic", true)]
    [InlineData("6.15.0-rc1", false)]
    [InlineData("5.10.0", true)]
    [InlineData("7.1-rc3", false)]
    [InlineData("6", null)]
    [InlineData("6.", null)]
    [InlineData("x.y", null)]
    [InlineData("99999999999.1", null)]
    [InlineData("", null)]
    public void Release_tells_whether_an_image_ends_in_a_checksum(string release, bool? expected) => Assert.Equal(expected, ImageChecksum.HasChecksum(release));

    [Fact]
    public void Image_of_a_release_without_checksum_is_taken_with_a_note()
    {
        (KernelImage? image, DiagnosticBag diagnostics) = Read(new ImageBuilder { VersionText = "6.17.8-arch1-1 (linux@archlinux) #1", WithChecksum = false }.Build());
        Assert.Equal(ChecksumState.Absent, image!.Checksum);
        Diagnostic note = Assert.Single(diagnostics);
        Assert.Equal("IMG020", note.Id);
        Assert.Equal(DiagnosticSeverity.Note, note.Severity);
    }

    public static TheoryData<string, int, byte[]> Damage => new()
    {
        { "IMG003", 0x202, "XdrS"u8.ToArray() },
        { "IMG004", 0x1fe, [0, 0] },
        { "IMG005", 0x206, [0x0b, 0x02] },
        { "IMG006", 0x211, [0] },
        { "IMG007", 0x236, [0x7e] },
        { "IMG008", 0x236, [0x7d] },
        { "IMG009", 0x234, [0] },
        { "IMG010", 0x200, [0xe9] },
        { "IMG010", 0x201, [0x61] },
        { "IMG010", 0x201, [0x80] },
        { "IMG011", 0x1f4, [0xff, 0xff, 0xff, 0xff] },
        { "IMG012", 0x1f4, [0x20, 0, 0, 0] },
        { "IMG012", 0x1f4, [0, 0, 0, 0] },
        { "IMG013", 0x238, [0, 0, 0, 0] },
        { "IMG013", 0x238, [0xff, 0xff, 0xff, 0xff] },
        { "IMG014", 0x260, [0, 0, 0, 0] },
        { "IMG015", 0x230, [0, 0, 0x30, 0] },
        { "IMG015", 0x230, [0, 0, 0, 0] },
        { "IMG015", 0x230, [0, 8, 0, 0] },
        { "IMG016", 0x248, [0xff, 0xff, 0xff, 0xff] },
        { "IMG016", 0x24c, [0xff, 0xff, 0xff, 0xff] },
    };

    [Theory]
    [MemberData(nameof(Damage))]
    public void Field_that_is_wrong_is_refused_with_its_own_message(string id, int at, byte[] value)
    {
        (KernelImage? image, DiagnosticBag diagnostics) = Read(new ImageBuilder { Change = setup => value.CopyTo(setup, at) }.Build());
        Assert.Null(image);
        Diagnostic error = Assert.Single(diagnostics);
        Assert.Equal(id, error.Id);
        Assert.Equal(DiagnosticSeverity.Error, error.Severity);
        Assert.NotEqual("", error.Remedy);
    }

    [Fact]
    public void Refused_image_can_still_be_looked_at()
    {
        using TemporaryFile file = new(new ImageBuilder { Change = setup => ImageBuilder.Put16(setup, 0x236, 0) }.Build());
        DiagnosticBag diagnostics = [];
        KernelImage image = KernelImage.Examine(file.Handle, file.Path, diagnostics)!;
        Assert.True(diagnostics.HasErrors);
        Assert.Equal("6.12.95-amd64", image.Release);
        Assert.Equal(ChecksumState.NotCompared, image.Checksum);
    }

    [Fact]
    public void Error_of_an_earlier_reading_does_not_refuse_an_image_in_order()
    {
        using TemporaryFile file = new(new ImageBuilder().Build());
        DiagnosticBag diagnostics = [];
        diagnostics.Error("X001", "", "");
        Assert.NotNull(KernelImage.TryRead(file.Handle, file.Path, diagnostics));
    }

    [Fact]
    public void Several_wrong_fields_are_told_at_once()
    {
        DiagnosticBag diagnostics = Read(new ImageBuilder
        {
            Change = setup =>
            {
                setup[0x211] = 0;
                ImageBuilder.Put16(setup, 0x236, 0);
                ImageBuilder.Put32(setup, 0x260, 0);
            },
        }.Build()).Diagnostics;
        Assert.Equal(["IMG006", "IMG007", "IMG008", "IMG014"], diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1023)]
    public void File_shorter_than_two_sectors_is_refused(int length) => Assert.Equal("IMG002", Assert.Single(Read(new byte[length]).Diagnostics).Id);

    [Fact]
    public void Image_cut_anywhere_is_refused()
    {
        byte[] whole = new ImageBuilder().Build();
        Gen.Int[0, whole.Length - 1].Sample(length => Read(whole[..length]).Image is null, iter: 200);
    }

    [Fact]
    public void Payload_without_a_known_mark_is_taken_with_a_warning_while_the_checksum_holds()
    {
        byte[] code = ImageBuilder.MakeCode(0x4000 - 4);
        code.AsSpan(0x2cc, 4).Clear();
        (KernelImage? image, DiagnosticBag diagnostics) = Read(new ImageBuilder { Code = code }.Build());
        Assert.Equal(PayloadFormat.Unknown, image!.PayloadFormat);
        Assert.Equal("IMG019", Assert.Single(diagnostics).Id);
    }

    [Theory]
    [InlineData("\u001b[2Jevil")]
    [InlineData("")]
    [InlineData(" 6.1")]
    public void Release_that_is_no_printable_text_is_left_out(string text)
    {
        (KernelImage? image, DiagnosticBag diagnostics) = Read(new ImageBuilder { VersionText = text }.Build());
        Assert.Equal("", image!.Release);
        Assert.Equal("IMG018", Assert.Single(diagnostics).Id);
    }

    [Fact]
    public void Pipe_gives_a_diagnostic()
    {
        using AnonymousPipe pipe = new();
        DiagnosticBag diagnostics = [];
        Assert.Null(KernelImage.TryRead(pipe.Handle, "pipe", diagnostics));
        Assert.Equal("IMG001", Assert.Single(diagnostics).Id);
    }

    [Fact]
    public void Damaged_bytes_give_diagnostics_and_never_throw()
    {
        byte[] whole = new ImageBuilder { Code = ImageBuilder.MakeCode(0x600 - 4) }.Build();
        byte[] unified = ImageBuilder.BuildUnified((".linux", whole), (".cmdline", "quiet"u8.ToArray()), (".initrd", new byte[100]), (".osrel", "PRETTY_NAME=x"u8.ToArray()));
        Gen.Select(Gen.Bool.Select(first => first ? whole : unified), Gen.Select(Gen.Int[0, 0x400], Gen.OneOf(Gen.Byte, Gen.Const((byte)0), Gen.Const((byte)0xff), Gen.Const((byte)0x7f))).Array[1, 12])
            .Sample(
                (original, changes) =>
                {
                    byte[] bytes = [.. original];
                    foreach ((int at, byte value) in changes)
                    {
                        bytes[at] = value;
                    }

                    (KernelImage? image, DiagnosticBag diagnostics) = Read(bytes);
                    return image is not null || diagnostics.HasErrors;
                },
                iter: 2000);
    }

    [Fact]
    public void Mirrored_header_is_read_from_its_bytes()
    {
        setup_header header = Read(new ImageBuilder().Build()).Image!.Header;
        Assert.Equal(0x53726448u, header.header);
        Assert.Equal(0x2ccu, header.payload_offset);
        Assert.Equal(0x1000000u, header.pref_address);
    }

    [Fact]
    public void Image_is_opened_by_its_path_and_missing_files_and_folders_are_told()
    {
        using TemporaryFile file = new(new ImageBuilder().Build());
        DiagnosticBag diagnostics = [];
        using (KernelFile open = KernelFile.TryOpen(file.Path, diagnostics)!)
        {
            open.Image.Payload.CopyTo(ByteSize.Zero, new byte[16]);
        }

        Assert.Null(KernelFile.TryOpen(file.Path + "-missing", diagnostics));
        Assert.Null(KernelFile.TryOpen(Path.GetTempPath(), diagnostics));
        Assert.Null(KernelFile.TryOpen("a\0b", diagnostics));
        Assert.Equal(["IMG001", "IMG001", "IMG001"], diagnostics.Select(diagnostic => diagnostic.Id));
    }

    private static (KernelImage? Image, DiagnosticBag Diagnostics) Read(byte[] bytes)
    {
        using TemporaryFile file = new(bytes);
        return Read(file);
    }

    private static (KernelImage? Image, DiagnosticBag Diagnostics) Read(TemporaryFile file)
    {
        DiagnosticBag diagnostics = [];
        return (KernelImage.TryRead(file.Handle, file.Path, diagnostics), diagnostics);
    }
}
