using System.CommandLine;
using Parker.Cli.Options;
using Parker.Cli.Partitions;
using Parker.Partition;

namespace Parker.Cli.Verbs;

/// <summary><c>parker restart</c>: stops and starts partitions.</summary>
internal static class RestartVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string[]> names = new("NAME") { Description = "The partitions.", Arity = ArgumentArity.OneOrMore };
        Option<bool> now = new("--now") { Description = "Do not ask the kernel; stop its CPUs at once." };
        Option<TimeSpan> grace = DurationOption.Create("--grace", "How long the kernel may take to shut down before its CPUs are stopped.", TimeSpan.FromSeconds(60));
        Option<bool> dryRun = DryRunOption.Create();
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("restart", "Restart partitions: stop them in order, and start the same kernel with the same resources.")
        {
            Details =
            [
                "As 'parker stop' and 'parker start' one after the other, with nobody between. What the start would be refused for is told before the kernel that runs is stopped. "
                + "A partition that does not run is started.",
            ],
            Examples = [("parker restart db", "Ask its kernel, wait up to 60 s, and start it again."), ("parker restart --now db", "Do not ask.")],
        };
        verb.Add(names);
        verb.Add(now);
        verb.Add(grace);
        verb.Add(dryRun);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            TimeSpan patience = parsed.GetValue(now) ? TimeSpan.Zero : parsed.GetValue(grace);
            foreach (PartitionName name in PartitionDoor.ParseNames(parsed.GetRequiredValue(names)))
            {
                if (parsed.GetValue(dryRun))
                {
                    PreviewListing.Write(PartitionDoor.Use(surroundings, client => client.PreviewRestart(name, patience)), parsed.GetValue(format), surroundings.Output);
                }
                else
                {
                    StartListing.Write(PartitionDoor.Use(surroundings, client => client.Restart(name, patience)), parsed.GetValue(format), surroundings.Output);
                }
            }

            return ExitCode.Done;
        });
        return verb;
    }
}
