using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Parker.Boot.Bench;
using Parker.Boot.Building;
using Parker.Boot.Kernels;
using Parker.Boot.Tests.Kernels;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Partition.Tests.Plans;

const double targetMs = 2;
int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2000;
string path = Path.GetTempFileName();
try
{
    File.WriteAllBytes(path, new ImageBuilder().Build());
    using SafeFileHandle file = File.OpenHandle(path);
    KernelImage kernel = KernelImage.TryRead(file, path, []) ?? throw new InvalidOperationException("The kernel image that was made here is none.");

    // The payload is a file of 40 MiB that is never opened: reading it would fail.
    using SafeFileHandle closed = new(-1, ownsHandle: false);
    FileContent initrd = new(closed, "initrd", ByteSize.Zero, ByteSize.FromMebibytes(40));
    ImageInputs inputs = new(kernel, initrd, ExamplePlans.Large.CommandLine, new ImageHashes(1, 2, 3), new Guid("00112233-4455-6677-8899-aabbccddeeff"), 1, new DateOnly(2026, 11, 23));

    ImageMeasurement large = ImageMeasurement.Take("64 CPUs over 2 nodes, 3 bus ranges, an IOMMU unit", () => Build(ExamplePlans.Large, inputs), rounds);
    ImageMeasurement small = ImageMeasurement.Take("2 CPUs, 1 bus", () => Build(ExamplePlans.Small, inputs), rounds);
    Console.WriteLine($"{"median",10}  {"fastest",10}  {"first",10}  {"allocated",10}  of {rounds} images");
    foreach (ImageMeasurement measured in (ImageMeasurement[])[large, small])
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{measured.MedianMs,7:0.000} ms  {measured.FastestMs,7:0.000} ms  {measured.FirstMs,7:0.000} ms  {measured.AllocatedBytes / 1e3,7:0} kB  {measured.Name}"));
    }

    bool isMet = large.MedianMs < targetMs;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the image of 64 CPUs takes {large.MedianMs:0.000} ms (target: under {targetMs} ms): {(isMet ? "met" : "missed")}"));
    return isMet ? 0 : 1;
}
finally
{
    File.Delete(path);
}

static PartitionImage Build(PartitionPlan plan, ImageInputs inputs)
{
    DiagnosticBag diagnostics = [];
    return PartitionImage.TryBuild(plan, inputs, diagnostics) ?? throw new InvalidOperationException(string.Join(' ', diagnostics));
}
