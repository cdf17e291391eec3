using System.Runtime.Versioning;
using System.Text;
using Parker.Linux.Sources;
using Parker.Machine.Topology;

namespace Parker.Linux.Tests.Sources;

[SupportedOSPlatform("linux")]
public sealed class RunningMachineSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parker-source-").FullName;
    private readonly RunningMachineSource _source = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TryRead_of_a_file_whose_length_stat_does_not_tell_reads_it_wholly()
    {
        Assert.Equal(SourceStatus.Ok, _source.TryRead("/proc/self/status", out byte[] content));
        Assert.Contains($"Pid:\t{Environment.ProcessId}\n", Encoding.UTF8.GetString(content), StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_of_a_file_larger_than_the_first_buffer_reads_it_wholly()
    {
        byte[] expected = new byte[300_000];
        Random.Shared.NextBytes(expected);
        File.WriteAllBytes(Path.Combine(_folder, "large"), expected);

        Assert.Equal(SourceStatus.Ok, _source.TryRead(Path.Combine(_folder, "large"), out byte[] content));
        Assert.Equal(expected, content);
    }

    [Fact]
    public void TryRead_tells_missing_from_failed()
    {
        Assert.Equal(SourceStatus.Missing, _source.TryRead(Path.Combine(_folder, "none"), out byte[] none));
        Assert.Equal(SourceStatus.Missing, _source.TryRead(Path.Combine(_folder, "none/below"), out _));
        Assert.Equal(SourceStatus.Failed, _source.TryRead(_folder, out _));
        Assert.Empty(none);
    }

    [Fact]
    public void TryRead_of_what_this_user_may_not_read_is_denied()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may read every file");
        string path = Path.Combine(_folder, "secret");
        File.WriteAllText(path, "x");
        File.SetUnixFileMode(path, UnixFileMode.None);

        Assert.Equal(SourceStatus.Denied, _source.TryRead(path, out _));
    }

    [Fact]
    public void TryList_sorts_by_ordinal_and_tells_missing()
    {
        foreach (string name in (string[])["b", "a", "B", ".c"])
        {
            File.WriteAllText(Path.Combine(_folder, name), "");
        }

        Assert.Equal(SourceStatus.Ok, _source.TryList(_folder, out IReadOnlyList<string> names));
        Assert.Equal([".c", "B", "a", "b"], names);
        Assert.Equal(SourceStatus.Missing, _source.TryList(Path.Combine(_folder, "none"), out _));
        Assert.Equal(SourceStatus.Failed, _source.TryList(Path.Combine(_folder, "a"), out _));
    }

    [Fact]
    public void TryReadLink_gives_the_text_of_a_link_and_misses_on_a_file()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "link"), "../nowhere");
        File.WriteAllText(Path.Combine(_folder, "file"), "");

        Assert.Equal(SourceStatus.Ok, _source.TryReadLink(Path.Combine(_folder, "link"), out string target));
        Assert.Equal("../nowhere", target);
        Assert.Equal(SourceStatus.Missing, _source.TryReadLink(Path.Combine(_folder, "file"), out _));
        Assert.Equal(SourceStatus.Missing, _source.TryReadLink(Path.Combine(_folder, "none"), out _));
        Assert.True(_source.Exists(Path.Combine(_folder, "link")));
        Assert.False(_source.Exists(Path.Combine(_folder, "none")));
    }

    [Fact]
    public void TryReadMsr_of_a_CPU_that_no_machine_has_is_missing() => Assert.Equal(SourceStatus.Missing, _source.TryReadMsr(100_000, 0x1b, out _));
}
