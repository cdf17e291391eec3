using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Parker.Boot.Initrds;

namespace Parker.Boot.Tests.Initrds;

public sealed class CpioWriterTests
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // kernel: Documentation/driver-api/early-userspace/buffer-format.rst, counted by hand: 110 + 2 bytes of header and name, content, padding.
    [Fact]
    public void Archive_of_one_file_has_exactly_the_bytes_of_the_format()
    {
        string expected =
            "070701" + "00000001" + "000081a4" + "00000000" + "00000000" + "00000001" + "00000000" + "00000005" + "00000000" + "00000000" + "00000000" + "00000000" + "00000002" + "00000000"
            + "a\0" + "hello\0\0\0"
            + "070701" + "00000000" + "00000000" + "00000000" + "00000000" + "00000001" + "00000000" + "00000000" + "00000000" + "00000000" + "00000000" + "00000000" + "0000000b" + "00000000"
            + "TRAILER!!!\0" + "\0\0\0";
        Assert.Equal(expected, Encoding.ASCII.GetString(Write(cpio => cpio.AddFile("a", "hello"u8, Plain))));
    }

    [Fact]
    public void Cpio_lists_every_kind_of_entry_as_it_was_written()
    {
        byte[] archive = WriteSample();
        string[] lines = RunCpio(archive, "-itvn", "--quiet").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "drwxr-xr-x 2 0 0 0 Jan 1 1970 usr",
                "drwx------ 2 0 0 0 Jan 1 1970 usr/bin",
                "-rwxr-xr-x 1 0 0 3 Jan 1 1970 usr/bin/init",
                "lrwxrwxrwx 1 0 0 12 Jan 1 1970 init -> usr/bin/init",
                "drwxr-xr-x 2 0 0 0 Jan 1 1970 dev",
                "crw------- 1 0 0 5, 1 Jan 1 1970 dev/console",
                "brw-r--r-- 1 0 0 253, 16 Jan 1 1970 dev/vdb",
                "prw-r--r-- 1 0 0 0 Jan 1 1970 pipe",
                "-rw-r--r-- 1 0 0 70000 Jan 1 1970 big",
            ],
            lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Fact]
    public void Same_calls_give_the_same_bytes() => Assert.Equal(WriteSample(), WriteSample());

    [Fact]
    public void File_from_a_stream_gives_the_same_bytes_as_from_memory()
    {
        byte[] content = [.. Enumerable.Range(0, 100_001).Select(index => (byte)(index % 251))];
        Assert.Equal(Write(cpio => cpio.AddFile("a/b", content, Plain)), Write(cpio => cpio.AddFile("/a/b", new MemoryStream(content), Plain)));
    }

    [Fact]
    public void Every_length_of_name_and_content_keeps_entries_at_multiples_of_4()
    {
        for (int name = 1; name < 6; name++)
        {
            for (int content = 0; content < 6; content++)
            {
                byte[] bytes = Write(cpio =>
                {
                    cpio.AddFile(new string('n', name), new byte[content], Plain);
                    cpio.AddFile("second", [], Plain);
                });
                Assert.Equal(0, bytes.AsSpan(6).IndexOf("070701"u8) + 6 & 3);
                Assert.Equal(0, bytes.Length & 3);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("a/../b")]
    [InlineData("./a")]
    [InlineData("a//b")]
    [InlineData("a\0b")]
    public void Path_that_the_kernel_would_take_otherwise_is_refused(string path) =>
        Assert.ThrowsAny<ArgumentException>(() => Write(cpio => cpio.AddFile(path, [], Plain)));

    [Fact]
    public void Nothing_can_be_added_after_the_end()
    {
        using CpioWriter cpio = new(new MemoryStream());
        cpio.Complete();
        Assert.Throws<ObjectDisposedException>(() => cpio.AddFile("a", [], Plain));
        Assert.Throws<ObjectDisposedException>(cpio.Complete);
    }

    [Fact]
    public void File_that_shrinks_while_it_is_written_is_told()
    {
        using CpioWriter cpio = new(new MemoryStream());
        Assert.Throws<EndOfStreamException>(() => cpio.AddFile("a", new LyingStream([1, 2, 3]), Plain));
    }

    private static byte[] WriteSample() => Write(cpio =>
    {
        cpio.AddDirectory("usr/bin", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        cpio.AddDirectory("usr");
        cpio.AddFile("usr/bin/init", [1, 2, 3], Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        cpio.AddSymbolicLink("init", "usr/bin/init");
        cpio.AddCharacterDevice("dev/console", 5, 1, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        cpio.AddBlockDevice("dev/vdb", 253, 16, Plain);
        cpio.AddFifo("pipe", Plain);
        cpio.AddFile("big", new byte[70000], Plain);
    });

    private static byte[] Write(Action<CpioWriter> write)
    {
        using MemoryStream stream = new();
        using (CpioWriter cpio = new(stream))
        {
            write(cpio);
        }

        return stream.ToArray();
    }

    private static string RunCpio(byte[] archive, params string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new("cpio", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["LC_ALL"] = "C";
            start.Environment["TZ"] = "UTC";
            using Process process = Process.Start(start)!;
            process.StandardInput.BaseStream.Write(archive);
            process.StandardInput.Close();
            string output = process.StandardOutput.ReadToEnd();
            Assert.Equal("", process.StandardError.ReadToEnd());
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Skip("cpio is missing; install it to check archives against it.");
            throw;
        }
    }

    private sealed class LyingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override long Length => base.Length + 1;
    }
}
