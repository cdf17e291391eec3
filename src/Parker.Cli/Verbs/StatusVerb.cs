using System.CommandLine;
using Parker.Api;
using Parker.Api.Partitions;
using Parker.Cli.Options;
using Parker.Cli.Partitions;
using Parker.Partition;

namespace Parker.Cli.Verbs;

/// <summary><c>parker status</c>: all that is known of one partition.</summary>
internal static class StatusVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string> name = new("NAME") { Description = "The partition." };
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("status", "Show all that is known of a partition: state with evidence, resources, image, boot.")
        {
            Examples = [("parker status db", "For people."), ("parker status db -o json", "For programs.")],
        };
        verb.Add(name);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            PartitionName which = PartitionDoor.ParseName(parsed.GetRequiredValue(name));
            PartitionDocument partition = PartitionDoor.Use(surroundings, client => client.Status(which));
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                surroundings.Output.Write(ApiJson.ToJson(partition));
            }
            else
            {
                PartitionListing.WriteStatus(partition, DateTimeOffset.UtcNow, surroundings.Output);
            }

            return ExitCode.Done;
        });
        return verb;
    }
}
