using System.Diagnostics;
using System.Globalization;
using Parker.Inspect.Bench;
using Parker.Inspect.Kernels;
using Parker.Inspect.Tests.Synthetic;
using Parker.Inspect.Usage;
using Parker.Machine;

const int records = 1_000_000;
const double logTargetMs = 1000;
const double findTargetMs = 100;
int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;

// A ring as kernels are built with: 2^12 records, 2^17 bytes of text; read again and again, each time with every check and through page tables.
SyntheticKernel logging = new(countBits: 12, sizeBits: 17);
for (int i = 0; i < 10_000; i++)
{
    logging.Log($"usb 1-{i % 7}: new high-speed device number {i}", device: "+usb:1-1");
}

ApplicationKernel kernel = ApplicationKernel.TryOpen(logging.Memory, null, [])!;
double decode = Median(rounds, () =>
{
    int read = 0;
    while (read < records)
    {
        kernel.Memory.Forget();
        read += kernel.TryOpenLog([])!.Read(default, includeOpen: true).Records.Count;
    }
});

LargeMemory memory = new(new PhysicalAddress(0x1_0000_0000));
List<(string Name, double Ms, bool Counts)> finds = [];
foreach ((string name, ulong offset) in ((string, ulong)[])[("20 MiB below the end, as 6.12 was seen to", (4UL << 30) - (20UL << 20)), ("4 MiB above the start, as 6.1 was seen to", 4UL << 20), ("in the middle", 2UL << 30)])
{
    SyntheticKernel found = new(start: memory.Start.Value + offset);
    memory.Put(found.Memory);
    PhysicalAddress at = VmCoreInfoFinder.Find(memory)!.Address;
    finds.Add(($"VMCOREINFO {name}", Median(rounds, () => _ = VmCoreInfoFinder.Find(memory) ?? throw new InvalidOperationException()), offset != 2UL << 30));
    if (finds.Count == 1)
    {
        finds.Add(("the same with a hint", Median(rounds, () => _ = VmCoreInfoFinder.Find(memory, at) ?? throw new InvalidOperationException()), true));
    }
}

memory.Clear();
finds.Add(("none in 4 GiB", Median(rounds, () => _ = VmCoreInfoFinder.Find(memory)), false));

SyntheticKernel measured = new();
MeasuredKernel.Write(measured);
UsageReader usage = UsageReader.TryOpen(ApplicationKernel.TryOpen(measured.Memory, null, [])!, [])!;
KernelObserver observer = new(logging.Memory);
observer.Look(TimeSpan.Zero);
double top = Median(rounds, () => Repeat(10_000, () => usage.Read())) / 10_000;
double look = Median(rounds, () => Repeat(10_000, () => observer.Look(TimeSpan.Zero))) / 10_000;

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{decode,9:0.0} ms  a million records of a log"));
foreach ((string name, double ms, _) in finds)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ms,9:0.000} ms  {name}"));
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{top * 1000,9:0.0} us  what 'parker top' reads of one CPU\n{look * 1000,9:0.0} us  a look at a log in which nothing is new"));
bool isMet = decode < logTargetMs && finds.Where(find => find.Counts).All(find => find.Ms < findTargetMs);
Console.WriteLine($"a million records under {logTargetMs} ms, VMCOREINFO where kernels put it, in 4 GiB, under {findTargetMs} ms: {(isMet ? "met" : "missed")}");
return isMet ? 0 : 1;

static double Median(int rounds, Action act)
{
    List<double> times = [];
    for (int round = 0; round < rounds; round++)
    {
        long begun = Stopwatch.GetTimestamp();
        act();
        times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
    }

    times.Sort();
    return times[times.Count / 2];
}

static void Repeat(int times, Action act)
{
    for (int i = 0; i < times; i++)
    {
        act();
    }
}
