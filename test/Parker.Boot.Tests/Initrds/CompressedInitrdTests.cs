using System.ComponentModel;
using System.Diagnostics;
using Parker.Boot.Initrds;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Boot.Tests.Initrds;

/// <summary>Archives as mkinitramfs, dracut and mkinitcpio make them, with the real programs.</summary>
public sealed class CompressedInitrdTests
{
    [Theory]
    [InlineData("zstd", "-q -19 -T1 --check", "IMG042")]
    [InlineData("zstd", "-q -1 --no-check", "IMG042")]
    [InlineData("lz4", "-q -9 -l", "IMG042")]
    [InlineData("xz", "--check=crc32", "IMG047")]
    [InlineData("gzip", "-n -9", null)]
    [InlineData("bzip2", "-9", null)]
    public void Archive_of_a_real_program_is_followed_to_its_end_and_one_cut_is_told_where_that_is_possible(string program, string arguments, string? whenCut)
    {
        byte[] archive = Compress(MakeArchive(), program, arguments.Split(' '));
        Assert.Empty(Check(archive));
        Assert.Empty(Check([.. MakeArchive(), .. archive, .. new byte[512]]));
        Assert.Equal(whenCut is null ? [] : [whenCut], Check(archive[..^5]));
        Assert.Equal(whenCut is null ? [] : [whenCut], Check(archive[..(archive.Length / 2)]));
    }

    private static IEnumerable<string> Check(byte[] bytes)
    {
        DiagnosticBag diagnostics = [];
        InitrdChecker.Check(new ByteContent(bytes), isLast: true, "initrd", diagnostics);
        return diagnostics.Select(diagnostic => diagnostic.Id);
    }

    // Several megabytes that hardly compress, so that there are many blocks.
    private static byte[] MakeArchive()
    {
        byte[] content = new byte[3 << 20];
        new Random(1).NextBytes(content);
        using MemoryStream stream = new();
        using (CpioWriter cpio = new(stream))
        {
            cpio.AddFile("usr/bin/big", content, UnixFileMode.UserRead);
            cpio.AddFile("usr/bin/zeros", new byte[1 << 20], UnixFileMode.UserRead);
        }

        return stream.ToArray();
    }

    private static byte[] Compress(byte[] bytes, string program, string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new(program, ["-c", .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
            using Process process = Process.Start(start)!;
            Task<byte[]> output = Task.Run(() =>
            {
                using MemoryStream read = new();
                process.StandardOutput.BaseStream.CopyTo(read);
                return read.ToArray();
            });
            process.StandardInput.BaseStream.Write(bytes);
            process.StandardInput.Close();
            byte[] result = output.GetAwaiter().GetResult();
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            return result;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is missing; install it to check against its archives.");
            throw;
        }
    }
}
