using System.CommandLine;
using Parker.Api;
using Parker.Api.Partitions;
using Parker.Cli.Options;
using Parker.Cli.Partitions;
using Parker.Partition;

namespace Parker.Cli.Verbs;

/// <summary><c>parker stop</c>: stops partitions.</summary>
internal static class StopVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string[]> names = new("NAME") { Description = "The partitions.", Arity = ArgumentArity.OneOrMore };
        Option<bool> now = new("--now") { Description = "Do not ask the kernel; stop its CPUs at once." };
        Option<TimeSpan> grace = DurationOption.Create("--grace", "How long the kernel may take to shut down before its CPUs are stopped.", TimeSpan.FromSeconds(60));
        Option<bool> dryRun = DryRunOption.Create();
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("stop", "Stop partitions: ask their kernel to shut down in order, then stop their CPUs, with proof.")
        {
            Details =
            [
                "The kernel is asked through its thermal zone, and its own poweroff runs. Then, or when the grace is over, each CPU gets an INIT and proves by running a stub that it "
                + "stands still; a CPU that does not makes the partition leaked. The partition keeps what it holds: start it again, or destroy it.",
            ],
            Examples = [("parker stop db", "Ask, and wait up to 60 s."), ("parker stop --now db", "Force.")],
        };
        verb.Add(names);
        verb.Add(now);
        verb.Add(grace);
        verb.Add(dryRun);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            foreach (PartitionName name in PartitionDoor.ParseNames(parsed.GetRequiredValue(names)))
            {
                TimeSpan patience = parsed.GetValue(now) ? TimeSpan.Zero : parsed.GetValue(grace);
                if (parsed.GetValue(dryRun))
                {
                    PreviewListing.Write(PartitionDoor.Use(surroundings, client => client.PreviewStop(name, patience)), parsed.GetValue(format), surroundings.Output);
                    continue;
                }

                PartitionDocument partition = PartitionDoor.Use(surroundings, client => client.Stop(name, patience));
                if (parsed.GetValue(format) == OutputFormat.Json)
                {
                    surroundings.Output.Write(ApiJson.ToJson(partition));
                }
                else
                {
                    surroundings.Output.WriteLine($"{partition.Name}: {partition.State}, {partition.Evidence.Text}");
                }
            }

            return ExitCode.Done;
        });
        return verb;
    }
}
