using System.CommandLine;
using System.Globalization;
using Parker.Api;
using Parker.Api.Partitions;
using Parker.Cli.Options;
using Parker.Cli.Partitions;
using Parker.Partition;

namespace Parker.Cli.Verbs;

/// <summary><c>parker set</c>: gives a partition other CPUs while it runs.</summary>
internal static class SetVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string> name = new("NAME") { Description = "The partition." };
        Option<string> cpus = new("--cpus") { Description = "How many CPUs it shall have, or which: a cpulist of the Boot Kernel's numbers.", HelpName = "COUNT|CPULIST", Required = true };
        Option<TimeSpan> timeout = DurationOption.Create("--timeout", "How long its kernel may take to answer, each time that it is asked.", TimeSpan.FromSeconds(15));
        Option<bool> dryRun = DryRunOption.Create();
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("set", "Give a running partition other CPUs; its kernel runs on.")
        {
            Details =
            [
                "For partitions created with --cpus-max. Their kernel needs no agent: its own ACPI tables ask it, at its next poll of the thermal zone, which comes once a second. "
                + "CPUs that leave are let go of by the kernel, proven parked, and brought online in the Boot Kernel, before those that come are taken. A kernel that refuses keeps what it has, "
                + "and so does the partition. The CPU that the kernel started on stays.",
                "A CPU that comes is there and offline until the partition's user space brings it online, by a udev rule: "
                + "SUBSYSTEM==\"cpu\", ACTION==\"add\", TEST==\"online\", ATTR{online}!=\"1\", ATTR{online}=\"1\". 'parker status' shows which are online.",
            ],
            Examples = [("parker set db --cpus 6", "Two more than it had, or fewer, as it may be."), ("parker set db --cpus 8-11 --dry-run", "What would be done to have just these.")],
        };
        verb.Add(name);
        verb.Add(cpus);
        verb.Add(timeout);
        verb.Add(dryRun);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            PartitionName partition = PartitionDoor.ParseName(parsed.GetRequiredValue(name));
            SetRequest request = new() { Cpus = parsed.GetRequiredValue(cpus) };
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
                surroundings.Output.WriteLine(Text(done));
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static string Text(SetDocument done)
    {
        string left = done.Left.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {done.Left} left in {done.ReleaseMs:0} ms");
        string came = done.Came.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {done.Came} came in {done.ArrivalMs:0} ms, for its user space to bring online");
        return $"{done.Partition.Name}: CPUs {done.Partition.Cpus}{(left.Length + came.Length == 0 ? ", as before" : left + came)}";
    }
}
