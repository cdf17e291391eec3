using System.Diagnostics;
using System.Globalization;
using Parker.Planning.Bench;
using Parker.Planning.Difference;

const double targetMs = 100;
const double targetBytes = 200e6;
const int partitionsOfTarget = 1000;
int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;

// The largest first: its first plan is that of a process that has planned nothing yet.
(int Nodes, int Partitions)[] sizes = [(64, partitionsOfTarget), (32, 500), (16, 250), (8, 125)];
PlanningMeasurement? target = null;
long peak = 0;
Console.WriteLine($"{"median",9}  {"fastest",9}  {"first",9}  {"allocated",9}  {"per n log n",12}  of {rounds} plans, processor time, from the file's text on");
foreach ((int nodes, int partitions) in sizes)
{
    PlanningCase planning = new(nodes, partitions);
    PlanningMeasurement all = PlanningMeasurement.Take(() => planning.Plan([]), rounds);
    if (target is null)
    {
        target = all;
        using Process self = Process.GetCurrentProcess();
        peak = self.PeakWorkingSet64;
    }

    IReadOnlyList<CurrentPartition> current = [.. planning.Plan([]).Changes.Select(change => new CurrentPartition(change.After!, HoldsMachine: true, MayRun: true))];
    Show(all, planning, "all new");
    Show(PlanningMeasurement.Take(() => planning.Plan(current), rounds), planning, "all there and running");
}

bool isMet = target!.FastestMs < targetMs && target.AllocatedBytes < targetBytes && peak < targetBytes;
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{partitionsOfTarget} partitions: the plan least disturbed took {target.FastestMs:0.0} ms of processor time (target: under {targetMs} ms), the first one {target.FirstMs:0.0} ms; it allocated {target.AllocatedBytes / 1e6:0} MB, and the process had {peak / 1e6:0} MB at most (target: under {targetBytes / 1e6:0} MB): {(isMet ? "met" : "missed")}"));
return isMet ? 0 : 1;

static void Show(PlanningMeasurement measured, PlanningCase planning, string what)
{
    double nanoseconds = measured.FastestMs * 1e6 / (planning.Partitions * Math.Log2(planning.Partitions));
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{measured.MedianMs,6:0.0} ms  {measured.FastestMs,6:0.0} ms  {measured.FirstMs,6:0.0} ms  {measured.AllocatedBytes / 1e6,6:0.0} MB  {nanoseconds,9:0} ns  {planning.Cpus} CPUs on {planning.Nodes} nodes, {planning.Partitions} partitions with a device each, {what}"));
}
