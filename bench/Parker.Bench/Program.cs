using System.Globalization;
using Parker.Bench;
using Parker.Fixtures;
using Parker.Machine.Topology.Reading;
using Parker.Machine.Topology.Sources;

// What a user waits for: the published program, reading a server of 256 CPUs, against cat of the very files that it reads.
const double ratioTarget = 2;
const double memoryTargetMb = 60;
int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 31;
string program = Path.Combine(MachineFixtures.Root, "artifacts", "parker");
string machine = Directory.CreateTempSubdirectory("parker-bench-").FullName;
try
{
    MachineFixtures.Epyc.Unpack(machine);
    RecordingMachineSource recorder = new(new DirectoryMachineSource(machine));
    _ = TopologyReader.Read(recorder);
    string[] files = [.. recorder.Files.Select(path => machine + path)];

    Contender topology = new("parker topology -o json --root <256 CPUs>", program, "topology", "-o", "json", "--root", machine);
    Contender cat = new(string.Create(CultureInfo.InvariantCulture, $"cat of the same {files.Length} files"), ["cat", .. files]);
    Contender lscpu = new("lscpu -J --sysroot <256 CPUs> (CPUs and caches only)", "lscpu", "-J", "--sysroot", machine);
    Contender packed = new("parker topology -o json --root <512 CPUs>.tar.zst", program, "topology", "-o", "json", "--root", MachineFixtures.Xeon.ArchivePath);
    Contender version = new("parker --version", program, "--version");
    Contender nothing = new("true", "true");
    List<Contender> contenders = [.. ((Contender[])[topology, cat, lscpu, packed, version, nothing]).Where(contender => contender.TryMeasureMemory())];
    for (int round = 0; round < rounds; round++)
    {
        contenders.ForEach(contender => contender.MeasureTime());
    }

    Console.WriteLine($"{"median",10}  {"fastest",10}  {"memory",10}  of {rounds} rounds");
    foreach (Contender contender in contenders)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{contender.MedianMs,7:0.0} ms  {contender.FastestMs,7:0.0} ms  {contender.PeakMegabytes,7:0.0} MB  {contender.Name}"));
    }

    double ratio = topology.MedianMs / cat.MedianMs;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"topology takes {ratio:0.00} times what cat takes (target: at most {ratioTarget}): {(ratio <= ratioTarget ? "met" : "missed")}"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"topology holds {topology.PeakMegabytes:0} MB (target: under {memoryTargetMb}): {(topology.PeakMegabytes < memoryTargetMb ? "met" : "missed")}"));
    return ratio <= ratioTarget && topology.PeakMegabytes < memoryTargetMb ? 0 : 1;
}
finally
{
    Directory.Delete(machine, recursive: true);
}
