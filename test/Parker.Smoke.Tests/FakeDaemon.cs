using System.Diagnostics;
using System.Globalization;
using Parker.Fixtures;

namespace Parker.Smoke.Tests;

/// <summary>The daemon in a process of its own, with partitions that run on a fake machine.</summary>
internal sealed class FakeDaemon : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parker-fake-").FullName;
    private readonly Process _process;

    public FakeDaemon(int partitions = 8)
    {
        string program = Path.Combine(MachineFixtures.Root, "artifacts", "bin", "Parker.Daemon.FakeHost", "debug", "Parker.Daemon.FakeHost");
        _process = Process.Start(new ProcessStartInfo(program, [_folder, partitions.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("ready", _process.StandardOutput.ReadLine());
    }

    public int Id => _process.Id;

    /// <summary>The root of its control file system.</summary>
    public string ControlFiles => Path.Combine(_folder, "fs");

    public string Socket => Path.Combine(_folder, "parker.sock");

    /// <summary>How often its threads gave up their CPU to wait.</summary>
    public long Waits() => Directory.EnumerateFiles($"/proc/{Id}/task", "status", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
        .Sum(file => File.ReadLines(file).Where(line => line.StartsWith("voluntary_ctxt_switches:", StringComparison.Ordinal)).Sum(line => long.Parse(line.Split('\t')[1], CultureInfo.InvariantCulture)));

    /// <summary>The kernel of a partition powers off.</summary>
    public void PowerOff(int partition)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"off {partition}"));
        _process.StandardInput.Flush();
    }

    /// <summary>Whether daemon, journal and machine say the same: <c>consistent</c>, or what they do not.</summary>
    public string? Check()
    {
        _process.StandardInput.WriteLine("check");
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(30)))
        {
            _process.Kill();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
