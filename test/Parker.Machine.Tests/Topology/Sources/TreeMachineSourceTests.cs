using System.Text;
using Parker.Machine.Topology;
using Parker.Machine.Topology.Sources;

namespace Parker.Machine.Tests.Topology.Sources;

/// <summary>A tree in memory answers as the same tree in a folder does.</summary>
public sealed class TreeMachineSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parker-tree-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Answers_are_those_of_the_folder()
    {
        TreeMachineSource tree = Sample();
        tree.WriteTo(new FolderSink(_folder));
        DirectoryMachineSource folder = new(_folder);
        string[] paths =
        [
            "/", "/sys", "/sys/", "/sys/a", "/sys/a/value", "/sys/link", "/sys/link/value", "/sys/absolute/value", "/sys/up", "/sys/up/value", "/sys/loop", "/sys/loop/x",
            "/sys/dangling", "/sys/dangling/x", "/sys/a/value/x", "/sys/a/../a/value", "/../sys/a/value", "/sys/./a/value", "/absent", "/absent/..", "/proc/denied",
            "/proc/failed", "/.parker", "/.parker/msr", "/sys/filelink", "/sys/a/..", "/sys//a//value",
        ];
        foreach (string path in paths)
        {
            Assert.Equal((path, folder.TryRead(path, out byte[] a), Encoding.UTF8.GetString(a)), (path, tree.TryRead(path, out byte[] b), Encoding.UTF8.GetString(b)));
            Assert.Equal((path, folder.TryList(path, out IReadOnlyList<string> c), string.Join(' ', c)), (path, tree.TryList(path, out IReadOnlyList<string> d), string.Join(' ', d)));
            Assert.Equal((path, folder.TryReadLink(path, out string e), e), (path, tree.TryReadLink(path, out string f), f));
            Assert.Equal((path, folder.Exists(path)), (path, tree.Exists(path)));
        }

        foreach (IMachineSource source in (IMachineSource[])[tree, folder])
        {
            Assert.Equal(SourceStatus.Ok, source.TryReadMsr(0, 0x1b, out ulong value));
            Assert.Equal(0xfee00d00UL, value);
            Assert.Equal(SourceStatus.Missing, source.TryReadMsr(1, 0x1b, out _));
            Assert.Equal(SourceStatus.Denied, source.TryReadMsr(7, 0x1b, out _));
            Assert.Equal(SourceStatus.Ok, source.TryReadKernelLog(out IReadOnlyList<string> lines));
            Assert.Equal(["one", "two"], lines);
            Assert.Equal(SourceStatus.Ok, source.TryReadTsc(out TscReading tsc));
            Assert.Equal(new TscReading(2_000_000_000, TscSource.PerfEvent, "because of this"), tsc);
        }
    }

    [Fact]
    public void WriteTo_gives_folders_before_what_is_in_them_in_order()
    {
        List<string> paths = [];
        Sample().WriteTo(new ListSink(paths));
        Assert.Equal(paths.Order(StringComparer.Ordinal).OrderBy(path => path.Replace('/', '\0'), StringComparer.Ordinal), paths);
        Assert.True(paths.IndexOf("sys") < paths.IndexOf("sys/a") && paths.IndexOf("sys/a") < paths.IndexOf("sys/a/value"));
        Assert.Equal(paths.Distinct(), paths);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/sys/x")]
    [InlineData("sys/")]
    [InlineData("sys//x")]
    [InlineData("../x")]
    [InlineData("sys/../../x")]
    [InlineData("./x")]
    [InlineData("x\0y")]
    [InlineData("sys/a/value")]
    [InlineData("sys/a/value/x")]
    [InlineData("sys/link/x")]
    [InlineData("sys/a")]
    public void TryAdd_impossible_entry_is_refused(string path)
    {
        TreeMachineSource tree = Sample();
        Assert.False(tree.TryAdd(path, CaptureEntryKind.File, []));
        Assert.Throws<ArgumentException>(() => tree.Add(path, CaptureEntryKind.File, []));
    }

    [Fact]
    public void TryAdd_folder_may_come_twice() => Assert.True(Sample().TryAdd("sys/a", CaptureEntryKind.Folder, []));

    private static TreeMachineSource Sample()
    {
        TreeMachineSource tree = new();
        File("sys/a/value", "1\n");
        File("sys/b-c", "x");
        File("proc/denied", "");
        File("proc/failed", "");
        File(".parker/denied", "/proc/denied\n/dev/cpu/7/msr\n");
        File(".parker/failed", "/proc/failed\n");
        File(".parker/msr", "0 0x1b 0xfee00d00\nnonsense\n1 2\n");
        File(".parker/kernel.log", "one\ntwo\n");
        File(".parker/tsc", "2000000000 PerfEvent because of this\n");
        Link("sys/link", "a");
        Link("sys/filelink", "a/value");
        Link("sys/absolute", "/sys/a");
        Link("sys/up", "../../../../sys/a");
        Link("sys/loop", "loop");
        Link("sys/dangling", "nothing/here");
        return tree;

        void File(string path, string text) => tree.Add(path, CaptureEntryKind.File, Encoding.UTF8.GetBytes(text));

        void Link(string path, string target) => tree.Add(path, CaptureEntryKind.Link, Encoding.UTF8.GetBytes(target));
    }

    private sealed class ListSink(List<string> paths) : ICaptureSink
    {
        public void Add(string path, CaptureEntryKind kind, ReadOnlySpan<byte> content) => paths.Add(path);
    }

    private sealed class FolderSink(string root) : ICaptureSink
    {
        public void Add(string path, CaptureEntryKind kind, ReadOnlySpan<byte> content)
        {
            string full = Path.Combine(root, path);
            switch (kind)
            {
                case CaptureEntryKind.Folder:
                    Directory.CreateDirectory(full);
                    break;
                case CaptureEntryKind.Link:
                    System.IO.File.CreateSymbolicLink(full, Encoding.UTF8.GetString(content));
                    break;
                default:
                    System.IO.File.WriteAllBytes(full, content.ToArray());
                    break;
            }
        }
    }
}
