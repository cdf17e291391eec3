using System.CommandLine;
using Parker.Api;
using Parker.Api.Partitions;
using Parker.Cli.Options;
using Parker.Cli.Partitions;

namespace Parker.Cli.Verbs;

/// <summary><c>parker list</c>: all partitions.</summary>
internal static class ListVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("list", "List the partitions with their state and what it stands on.")
        {
            Details = ["States: defined, claimed, loaded, starting, running, stopped, off, rebooting, panicked, hung, failed, leaked."],
            Examples = [("parker list", "For people."), ("parker list -o json", "For programs.")],
        };
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            PartitionListDocument list = PartitionDoor.Use(surroundings, client => client.List());
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                surroundings.Output.Write(ApiJson.ToJson(list));
            }
            else
            {
                PartitionListing.WriteList(list.Partitions, DateTimeOffset.UtcNow, surroundings.Output);
            }

            return ExitCode.Done;
        });
        return verb;
    }
}
