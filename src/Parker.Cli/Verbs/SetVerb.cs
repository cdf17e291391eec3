using System.CommandLine;
using System.Globalization;
using Parker.Api;
using Parker.Api.Partitions;
using Parker.Cli.Options;
using Parker.Cli.Partitions;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Cli.Verbs;

/// <summary><c>parker set</c>: gives a partition other CPUs and other memory while it runs.</summary>
internal static class SetVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string> name = new("NAME") { Description = "The partition." };
        Option<string> cpus = new("--cpus") { Description = "How many CPUs it shall have, or which: a cpulist of the Boot Kernel's numbers.", HelpName = "COUNT|CPULIST" };
        Option<string> memory = new("--memory") { Description = "How much memory it shall have, with what it started with.", HelpName = "SIZE" };
        Option<TimeSpan> timeout = DurationOption.Create("--timeout", "How long its kernel may take to answer, each time that it is asked.", TimeSpan.FromSeconds(15));
        Option<bool> dryRun = DryRunOption.Create();
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("set", "Give a running partition other CPUs or other memory; its kernel runs on.")
        {
            Details =
            [
                "For partitions created with --cpus-max or --memory-max. Their kernel needs no agent: its own ACPI tables ask it, at its next poll of the thermal zone, which comes once a second. "
                + "CPUs that leave are let go of by the kernel, proven parked, and brought online in the Boot Kernel, before those that come are taken. A kernel that refuses keeps what it has, "
                + "and so does the partition. The CPU that the kernel started on stays.",
                "Memory comes in whole blocks of the partition's kernel, zeroed, from the nodes of its CPUs first; what it started with stays. It comes as movable memory (memhp_default_state=online_movable, "
                + "unless its command line says otherwise): processes and files use it, and the kernel's own data stays out of it, so that it can go again. What came last leaves first. A kernel that "
                + "cannot empty it keeps it, and so does the partition.",
                "A CPU that comes is there and offline until the partition's user space brings it online, by a udev rule: "
                + "SUBSYSTEM==\"cpu\", ACTION==\"add\", TEST==\"online\", ATTR{online}!=\"1\", ATTR{online}=\"1\". 'parker status' shows which are online.",
            ],
            Examples = [("parker set db --cpus 6", "Two more than it had, or fewer, as it may be."), ("parker set db --cpus 8-11 --dry-run", "What would be done to have just these."), ("parker set db --cpus 6 --memory 12G", "Both at once: what leaves first, then what comes.")],
        };
        verb.Add(name);
        verb.Add(cpus);
        verb.Add(memory);
        verb.Add(timeout);
        verb.Add(dryRun);
        verb.Add(format);
        verb.Validators.Add(result =>
        {
            if (result.GetResult(cpus) is null && result.GetResult(memory) is null)
            {
                result.AddError("Say what it shall have: --cpus, --memory or both.");
            }
        });
        verb.SetAction(parsed =>
        {
            PartitionName partition = PartitionDoor.ParseName(parsed.GetRequiredValue(name));
            SetRequest request = new() { Cpus = parsed.GetValue(cpus), Memory = parsed.GetValue(memory) };
            TimeSpan patience = parsed.GetValue(timeout);
            if (parsed.GetValue(dryRun))
            {
                PreviewListing.Write(PartitionDoor.Use(surroundings, client => client.PreviewSet(partition, request, patience)), parsed.GetValue(format), surroundings.Output);
                return ExitCode.Done;
            }

            SetDocument done = PartitionDoor.Use(surroundings, client => client.Set(partition, request, patience));
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                surroundings.Output.Write(ApiJson.ToJson(done));
            }
            else
            {
                surroundings.Output.WriteLine(Text(done, request));
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static string Text(SetDocument done, SetRequest request)
    {
        List<string> changes = [];
        Add(done.Left.Length > 0, $"{done.Left} left", done.ReleaseMs, "");
        Add(done.Came.Length > 0, $"{done.Came} came", done.ArrivalMs, ", for its user space to bring online");
        Add(done.MemoryLeftBytes > 0, $"{new ByteSize(done.MemoryLeftBytes)} of memory left", done.MemoryReleaseMs, "");
        Add(done.MemoryCameBytes > 0, $"{new ByteSize(done.MemoryCameBytes)} of memory came", done.MemoryArrivalMs, done.OfflineMemoryBytes > 0 ? ", for its user space to bring online" : "");
        string cpus = request.Cpus is null ? "" : $"CPUs {done.Partition.Cpus}";
        string memory = request.Memory is null ? "" : $"memory {new ByteSize(done.Partition.MemoryBytes)}";
        return $"{done.Partition.Name}: {cpus}{(cpus.Length > 0 && memory.Length > 0 ? ", " : "")}{memory}{(changes.Count == 0 ? ", as before" : "; " + string.Join("; ", changes))}";

        void Add(bool isSo, string what, double milliseconds, string then)
        {
            if (isSo)
            {
                changes.Add(string.Create(CultureInfo.InvariantCulture, $"{what} in {milliseconds:0} ms{then}"));
            }
        }
    }
}
