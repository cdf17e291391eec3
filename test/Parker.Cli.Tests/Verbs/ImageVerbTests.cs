using System.Buffers.Binary;
using System.Text.Json;

namespace Parker.Cli.Tests.Verbs;

public sealed class ImageVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Image_that_can_be_started_is_described_and_the_exit_code_is_0()
    {
        string path = WriteKernel("6.17.8-arch1-1 (linux@archlinux) #1");
        ProgramRun run = ProgramRun.Of("image", path);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Release              6.17.8-arch1-1\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("Flags                LOADED_HIGH KERNEL_64 CAN_BE_LOADED_ABOVE_4G 0x80\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("Checksum             none: damage cannot be told\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("Can be started       yes\n\nTo know\n  note IMG020: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Image_that_cannot_be_started_is_described_with_the_reason_and_the_exit_code_is_3()
    {
        string path = WriteKernel("6.17.8-arch1-1 (linux@archlinux) #1", extendedFlags: 0);
        ProgramRun run = ProgramRun.Of("image", path);
        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("Release              6.17.8-arch1-1\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("Can be started       no\n\nWhy it cannot be started\n  error IMG007: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Image_as_json_has_every_field()
    {
        ProgramRun run = ProgramRun.Of("image", "-o", "json", WriteKernel("6.17.8 x"));
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        Assert.Equal(1, root.GetProperty("version").GetInt32());
        Assert.True(root.GetProperty("can_start").GetBoolean());
        Assert.Equal("IMG020", root.GetProperty("diagnostics")[0].GetProperty("id").GetString());
        Assert.Equal(
            [
                "release", "version_text", "kind", "operating_system", "protocol", "load_flags", "extended_load_flags", "payload", "checksum",
                "kernel_bytes", "init_bytes", "alignment_bytes", "preferred_address", "command_line_bytes", "initrd_bytes", "command_line",
            ],
            root.GetProperty("kernel").EnumerateObject().Select(property => property.Name));
        Assert.Equal("2.15", root.GetProperty("kernel").GetProperty("protocol").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("kernel").GetProperty("command_line").ValueKind);
    }

    [Fact]
    public void File_that_is_no_kernel_is_refused()
    {
        ProgramRun run = ProgramRun.Of("image", _folder.Write("readme", "hello"));
        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("error IMG002: ", run.Output, StringComparison.Ordinal);
        run = ProgramRun.Of("image", "-o", "json", _folder["missing"]);
        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("\"kernel\": null", run.Output, StringComparison.Ordinal);
    }

    // The smallest image that is in order; Parker.Boot.Tests looks at all the others.
    private string WriteKernel(string version, int extendedFlags = 0x83)
    {
        byte[] bytes = new byte[0x2000];
        bytes[0x1f1] = 4;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x1f4), (0x2000 - 0xa00) / 16);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(0x1fe), 0xaa55);
        bytes[0x200] = 0xeb;
        bytes[0x201] = 0x6a;
        "HdrS"u8.CopyTo(bytes.AsSpan(0x202));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(0x206), 0x020f);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(0x20e), 0x300 - 0x200);
        bytes[0x211] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x230), 0x200000);
        bytes[0x234] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(0x236), (ushort)extendedFlags);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x238), 2047);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x24c), 16);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x260), 0x1000000);
        bytes[0xa00] = 0x1f;
        bytes[0xa01] = 0x8b;
        System.Text.Encoding.ASCII.GetBytes(version).CopyTo(bytes, 0x300);
        string path = _folder["vmlinuz"];
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
