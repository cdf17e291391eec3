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
        Option<bool> now = new("--now") { Description = "Also where it runs: stop its CPUs at once." };
        Option<bool> dryRun = DryRunOption.Create();
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("destroy", "Give back CPUs, memory and devices of partitions, and forget them.")
        {
            Details =
            [
                "Devices are reset and bound to the drivers they had, memory is zeroed, CPUs come online again. A partition that runs is refused without --now.",
            ],
            Examples = [("parker destroy db", "After 'parker stop db'."), ("parker destroy --now db rt", "Whatever they do."), ("parker destroy --all", "All that do not run; before Parker is removed.")],
        };
        PartitionChoice choice = new(verb, "All that there are; what cannot be destroyed does not keep the others.");
        verb.Add(now);
        verb.Add(dryRun);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            bool isAll = choice.IsAll(parsed);
            CommandFailedException? failure = null;
            foreach (PartitionName name in isAll ? All(surroundings) : choice.Named(parsed))
            {
                try
                {
                    Destroy(name, parsed.GetValue(now), parsed.GetValue(dryRun), parsed.GetValue(format), surroundings);
                }
                catch (CommandFailedException failed) when (isAll)
                {
                    failure = failed.After(failure);
                }
            }

            return failure is null ? ExitCode.Done : throw failure;
        });
        return verb;
    }

    private static void Destroy(PartitionName name, bool force, bool isDry, OutputFormat format, ProgramSurroundings surroundings)
    {
        if (isDry)
        {
            PreviewListing.Write(PartitionDoor.Use(surroundings, client => client.PreviewDestroy(name, force)), format, surroundings.Output);
            return;
        }

        PartitionDocument gone = PartitionDoor.Use(surroundings, client => client.Destroy(name, force));
        if (format == OutputFormat.Json)
        {
            surroundings.Output.Write(ApiJson.ToJson(gone));
        }
        else
        {
            surroundings.Output.WriteLine($"{name}: everything was given back");
        }
    }

    private static IReadOnlyList<PartitionName> All(ProgramSurroundings surroundings) =>
        [.. PartitionDoor.Use(surroundings, client => client.List()).Partitions.Select(partition => PartitionName.Parse(partition.Name))];
}
