using Parker.Boot.Kernels;
using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Boot.Tests.Kernels;

public sealed class UnifiedKernelImageTests
{
    private static readonly byte[] Kernel = new ImageBuilder { Signed = true }.Build();

    [Fact]
    public void Unified_image_gives_kernel_initrd_command_line_and_system()
    {
        byte[] initrd = [1, 2, 3];
        byte[] bytes = ImageBuilder.BuildUnified(
            (".text", new byte[700]),
            (".osrel", "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\n"u8.ToArray()),
            (".cmdline", " root=LABEL=a\tquiet\n\0"u8.ToArray()),
            (".initrd", initrd),
            (".linux", Kernel));
        (KernelImage? image, DiagnosticBag diagnostics) = Read(bytes, image =>
        {
            byte[] read = new byte[image.EmbeddedInitrd!.Length.Bytes];
            image.EmbeddedInitrd.CopyTo(ByteSize.Zero, read);
            Assert.Equal(initrd, read);
            byte[] payload = new byte[image.Payload.Length.Bytes];
            image.Payload.CopyTo(ByteSize.Zero, payload);
            Assert.Equal(Kernel[0x1000..^48], payload);
        });
        Assert.Empty(diagnostics);
        Assert.True(image!.IsUnified);
        Assert.Equal("6.12.95-amd64", image.Release);
        Assert.Equal(ChecksumState.Matches, image.Checksum);
        Assert.Equal("root=LABEL=a quiet", image.EmbeddedCommandLine);
        Assert.Equal("Debian GNU/Linux 13 (trixie)", image.OperatingSystem);
    }

    [Fact]
    public void Image_without_optional_sections_has_none()
    {
        (KernelImage? image, DiagnosticBag diagnostics) = Read(ImageBuilder.BuildUnified((".linux", Kernel), (".initrd", [])));
        Assert.Empty(diagnostics);
        Assert.Null(image!.EmbeddedInitrd);
        Assert.Null(image.EmbeddedCommandLine);
        Assert.Null(image.OperatingSystem);
    }

    [Fact]
    public void Sections_behind_a_profile_are_not_used()
    {
        (KernelImage? image, DiagnosticBag diagnostics) = Read(ImageBuilder.BuildUnified((".linux", Kernel), (".profile", "ID=a"u8.ToArray()), (".cmdline", "a"u8.ToArray())));
        Assert.Null(image!.EmbeddedCommandLine);
        Assert.Equal("IMG034", Assert.Single(diagnostics).Id);
    }

    [Fact]
    public void Microcode_is_left_out_with_a_note()
    {
        Assert.Equal("IMG035", Assert.Single(Read(ImageBuilder.BuildUnified((".linux", Kernel), (".ucode", new byte[8]))).Diagnostics).Id);
    }

    [Fact]
    public void Damage_of_the_kernel_within_is_told_as_for_a_file_of_its_own()
    {
        byte[] kernel = [.. Kernel];
        kernel[0x2000] ^= 1;
        (KernelImage? image, DiagnosticBag diagnostics) = Read(ImageBuilder.BuildUnified((".linux", kernel)));
        Assert.Null(image);
        Assert.Equal("IMG017", Assert.Single(diagnostics).Id);
    }

    [Theory]
    [InlineData("IMG030", 0x86, 0xffff)]
    [InlineData("IMG031", 0x84, 0xaa64)]
    [InlineData("IMG003", 0x80 + 24 + 0xf0, 0)]
    [InlineData("IMG032", 0x80 + 24 + 0xf0 + 22, 0xffff)]
    [InlineData("IMG003", 0x82, 0xffff)]
    [InlineData("IMG003", 0x3e, 0xffff)]
    public void Damaged_head_is_refused(string id, int at, int value)
    {
        byte[] bytes = ImageBuilder.BuildUnified((".linux", Kernel));
        ImageBuilder.Put16(bytes, at, value);
        (KernelImage? image, DiagnosticBag diagnostics) = Read(bytes);
        Assert.Null(image);
        Assert.Equal(id, Assert.Single(diagnostics).Id);
    }

    [Theory]
    [InlineData(".cmdline")]
    [InlineData(".osrel")]
    public void Text_too_long_to_be_one_is_refused(string section)
    {
        (KernelImage? image, DiagnosticBag diagnostics) = Read(ImageBuilder.BuildUnified((".linux", Kernel), (section, new byte[(1 << 16) + 1])));
        Assert.Null(image);
        Assert.Equal("IMG033", Assert.Single(diagnostics).Id);
    }

    [Theory]
    [InlineData("7f454c46", "ELF")]
    [InlineData("1f8b0800", "compressed")]
    [InlineData("303730373031", "cpio")]
    [InlineData("4d5a", "program for UEFI or DOS")]
    public void Other_file_is_refused_with_what_it_seems_to_be(string mark, string expected)
    {
        byte[] bytes = new byte[2048];
        Convert.FromHexString(mark).CopyTo(bytes, 0);
        Diagnostic error = Assert.Single(Read(bytes).Diagnostics);
        Assert.Equal("IMG003", error.Id);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernel_for_arm64_is_refused_as_such()
    {
        byte[] bytes = new byte[2048];
        "MZ"u8.CopyTo(bytes);
        "ARM\x64"u8.CopyTo(bytes.AsSpan(0x38));
        Assert.Contains("arm64", Assert.Single(Read(bytes).Diagnostics).Message, StringComparison.Ordinal);
    }

    private static (KernelImage? Image, DiagnosticBag Diagnostics) Read(byte[] bytes, Action<KernelImage>? whileOpen = null)
    {
        using TemporaryFile file = new(bytes);
        DiagnosticBag diagnostics = [];
        KernelImage? image = KernelImage.TryRead(file.Handle, file.Path, diagnostics);
        if (image is not null)
        {
            whileOpen?.Invoke(image);
        }

        return (image, diagnostics);
    }
}
