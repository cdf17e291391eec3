using System.CommandLine;
using Parker.Api;
using Parker.Api.Partitions;
using Parker.Cli.Options;
using Parker.Cli.Partitions;
using Parker.Partition;

namespace Parker.Cli.Verbs;

/// <summary><c>parker destroy</c>: gives everything back and forgets partitions.</summary>
internal static class DestroyVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string[]> names = new("NAME") { Description = "The partitions.", Arity = ArgumentArity.OneOrMore };
        Option<bool> now = new("--now") { Description = "Also where it runs: stop its CPUs at once." };
        Option<bool> dryRun = DryRunOption.Create();
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("destroy", "Give back CPUs, memory and devices of partitions, and forget them.")
        {
            Details =
            [
                "Devices are reset and bound to the drivers they had, memory is zeroed, CPUs come online again. A partition that runs is refused without --now.",
            ],
            Examples = [("parker destroy db", "After 'parker stop db'."), ("parker destroy --now db rt", "Whatever they do.")],
        };
        verb.Add(names);
        verb.Add(now);
        verb.Add(dryRun);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            foreach (PartitionName name in PartitionDoor.ParseNames(parsed.GetRequiredValue(names)))
            {
                bool force = parsed.GetValue(now);
                if (parsed.GetValue(dryRun))
                {
                    PreviewListing.Write(PartitionDoor.Use(surroundings, client => client.PreviewDestroy(name, force)), parsed.GetValue(format), surroundings.Output);
                    continue;
                }

                PartitionDocument gone = PartitionDoor.Use(surroundings, client => client.Destroy(name, force));
                if (parsed.GetValue(format) == OutputFormat.Json)
                {
                    surroundings.Output.Write(ApiJson.ToJson(gone));
                }
                else
                {
                    surroundings.Output.WriteLine($"{name}: everything was given back");
                }
            }

            return ExitCode.Done;
        });
        return verb;
    }
}
