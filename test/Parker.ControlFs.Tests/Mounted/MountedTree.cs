using System.Diagnostics;
using Parker.ControlFs.Tree;
using Parker.Partition.Tests.Plans;

namespace Parker.ControlFs.Tests.Mounted;

/// <summary>The file system over made-up partitions, mounted by the kernel of the machine that the tests run on. Skips where that cannot be.</summary>
internal sealed class MountedTree : IDisposable
{
    private readonly ControlFsMount _mount;

    public MountedTree(string? folder = null)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/dev/fuse"), "mounting needs root and /dev/fuse");
        Folder = folder ?? Directory.CreateTempSubdirectory("parker-fs-").FullName;
        Partitions.Add(ExamplePlans.Small);
        _mount = ControlFsMount.Mount(Partitions, new ControlFsOptions { Path = Folder, Log = text => Log.Enqueue(text) });
        Partitions.Changed = (name, what) => _mount.Changed(name, DateTimeOffset.UtcNow, what, isState: true);
    }

    public FakePartitions Partitions { get; } = new();

    public string Folder { get; }

    public System.Collections.Concurrent.ConcurrentQueue<string> Log { get; } = new();

    public int OpenFiles => _mount.OpenFiles;

    /// <summary>Runs a script in the mounted folder; what it prints, both ways, and the exit code.</summary>
    public (int Status, string Text) Shell(string script)
    {
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec 2>&1; export LC_ALL=C; cd \"$0\" || exit 99; " + script, Folder]) { RedirectStandardOutput = true })!;
        string text = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, text);
    }

    public void Dispose()
    {
        _mount.Dispose();
        Directory.Delete(Folder);
    }
}
