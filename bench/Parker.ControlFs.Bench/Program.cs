using System.Diagnostics;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Parker.ControlFs;
using Parker.ControlFs.Bench;
using Parker.ControlFs.Tests;
using Parker.ControlFs.Tree;
using Parker.Partition.Tests.Plans;

const double targetRatio = 5;
if (args is ["echo"])
{
    PipePeer.Echo();
    return 0;
}

// The reader is a process of its own, as it is in life: it and the file system wake each other.
if (args is ["read", string path, string count])
{
    Console.WriteLine(ReadMany(path, int.Parse(count, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture));
    return 0;
}

int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20000;
if (!Environment.IsPrivilegedProcess || !File.Exists("/dev/fuse"))
{
    Console.Error.WriteLine("This needs root and /dev/fuse.");
    return 4;
}

string folder = Directory.CreateTempSubdirectory("parker-bench-").FullName;
try
{
    FakePartitions partitions = new();
    partitions.Add(ExamplePlans.Small);
    using ControlFsMount mount = ControlFsMount.Mount(partitions, new ControlFsOptions { Path = folder });
    string state = Path.Combine(folder, "small", "state");

    // In turns, so that what else the machine does meets both; the middle one of each counts.
    List<double> pipes = [];
    List<double> reads = [];
    long allocated = 0;
    for (int turn = 0; turn < 9; turn++)
    {
        pipes.Add(PipePeer.Measure(rounds));
        Reading reading = RunReader(state, rounds);
        reads.Add(reading.Microseconds);
        allocated = reading.AllocatedBytes;
    }

    double pipe = pipes.Order().ElementAt(4);
    double read = reads.Order().ElementAt(4);
    bool isMet = read <= targetRatio * pipe && allocated < rounds;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pipe,8:0.00} us  a byte to another process and back through pipes"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{read,8:0.00} us  an uncached read of state by another process"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a read of state costs {read / pipe:0.00} of a round trip (target: at most {targetRatio}), and all {rounds} of a turn allocated {allocated} bytes of the file system (target: none for each): {(isMet ? "met" : "missed")}"));
    return isMet ? 0 : 1;
}
finally
{
    Directory.Delete(folder);
}

static double ReadMany(string path, int count)
{
    using SafeFileHandle file = File.OpenHandle(path, options: FileOptions.None);
    byte[] buffer = new byte[64];
    for (int round = 0; round < 1000; round++)
    {
        _ = RandomAccess.Read(file, buffer, 0);
    }

    Console.WriteLine("begun");
    _ = Console.ReadLine();
    long start = Stopwatch.GetTimestamp();
    for (int round = 0; round < count; round++)
    {
        _ = RandomAccess.Read(file, buffer, 0);
    }

    return Stopwatch.GetElapsedTime(start).TotalMicroseconds / count;
}

// The reader tells when it has begun and when it has ended, so that its start and its end are not counted.
static Reading RunReader(string path, int rounds)
{
    using Process reader = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["read", path, rounds.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    _ = reader.StandardOutput.ReadLine();
    long before = GC.GetTotalAllocatedBytes(precise: true);
    reader.StandardInput.WriteLine();
    string? text = reader.StandardOutput.ReadLine();
    long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
    reader.WaitForExit();
    return reader.ExitCode == 0 && text is not null
        ? new Reading(double.Parse(text, CultureInfo.InvariantCulture), allocated)
        : throw new InvalidOperationException("The reader failed.");
}
