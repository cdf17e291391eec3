using System.Diagnostics;
using Parker.ControlFs.Tests.Mounted;

namespace Parker.Smoke.Tests;

/// <summary>The control file system of a daemon with many that use it.</summary>
public sealed class ControlFilesTests
{
    [Fact]
    public void Many_processes_at_random_leave_the_daemon_consistent_and_other_partitions_alone()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/dev/fuse"), "mounting needs root and /dev/fuse");
        using FakeDaemon daemon = new(partitions: 2);

        // Ten minutes in ./run soak.
        int seconds = Environment.GetEnvironmentVariable("PARKER_SOAK") is null ? 20 : 600;
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "export LC_ALL=C; cd \"$0\" || exit 99; " + RandomOperations.Script(seconds), daemon.ControlFiles]) { RedirectStandardOutput = true })!;
        Assert.True(shell.WaitForExit(TimeSpan.FromSeconds(seconds + 60)), "A process waits for an answer.");
        Assert.Equal((0, "started check p1 p2 plan topology version "), (shell.ExitCode, shell.StandardOutput.ReadToEnd()));
        Assert.Equal("consistent", daemon.Check());
        Assert.All(["p1", "p2"], partition => Assert.Equal("running\n", File.ReadAllText(Path.Combine(daemon.ControlFiles, partition, "state"))));
    }
}
