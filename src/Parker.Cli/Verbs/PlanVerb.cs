using System.CommandLine;
using Parker.Api;
using Parker.Api.Plans;
using Parker.Cli.Machines;
using Parker.Cli.Options;
using Parker.Cli.Partitions;
using Parker.Cli.Plans;
using Parker.Daemon.Partitions;
using Parker.Daemon.State;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology.Reading;
using Parker.Planning.Configuration;
using Parker.Planning.Difference;
using Parker.Runtime.Journal;

namespace Parker.Cli.Verbs;

/// <summary><c>parker plan</c>: what a configuration changes.</summary>
internal static class PlanVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string> file = new("FILE") { Description = $"The configuration; {ParkerConfiguration.DefaultPath} where it is left out.", DefaultValueFactory = _ => ParkerConfiguration.DefaultPath };
        Option<string?> root = RootOption.Create();
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("plan", "Show what a configuration file changes: the steps for each partition, where each is placed, and why. Changes nothing.")
        {
            Details =
            [
                "The same file on the same machine gives the same plan and the same hash. What is placed stays placed: a partition that comes or goes moves no other. "
                    + "docs/configuration.md has every key, and how CPUs, memory and devices are chosen.",
                "'parker apply' takes exactly these steps.",
                "All problems of the file are told at once, each with line and column, and so is all that does not fit, with what would. With --root no partition is defined yet.",
            ],
            Examples =
            [
                ("parker plan", "What /etc/parker/parker.toml changes here; as root, so that partitions and machine can be read."),
                ("parker plan servers.toml --root server7.tar.zst", "Where partitions would lie on a captured machine."),
            ],
        };
        verb.Add(file);
        verb.Add(root);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            PlanRequest request = new(ConfigurationFile.Read(parsed.GetRequiredValue(file)), parsed.GetRequiredValue(file));
            string? captured = parsed.GetValue(root);
            PlanDocument document = (captured is null ? ConfigurationFile.TryPlan(surroundings, request) : null) ?? PlanHere(request, captured);
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                surroundings.Output.Write(ApiJson.ToJson(document));
                return ExitCode.Done;
            }

            PlanListing.WriteWarnings(document, surroundings.Error);
            PlanListing.Write(document, surroundings.Output);
            return ExitCode.Done;
        });
        return verb;
    }

    // The daemon plans with the same code, and knows its partitions as they are; a captured machine, or one without a daemon, needs none.
    private static PlanDocument PlanHere(PlanRequest request, string? root)
    {
        DiagnosticBag diagnostics = [];
        ParkerConfiguration configuration = ConfigurationReader.TryRead(request.Configuration, request.File, diagnostics) ?? throw PartitionDoor.Refused(diagnostics);
        MachinePlan plan = MachinePlanner.TryPlan(configuration, TopologyReader.Read(MachineSources.Open(root)), root is null ? Current() : [], diagnostics)
            ?? throw PartitionDoor.Refused(diagnostics);
        return PlanDocuments.Of(plan, diagnostics);
    }

    // Reading what is journaled needs no daemon, and changes nothing.
    private static IReadOnlyList<CurrentPartition> Current()
    {
        try
        {
            using FileJournal? journal = FileJournal.OpenToRead(StateFolder.Open(StateFolder.DefaultPath).Journal);
            return journal is null ? [] : [.. JournaledPartitions.Read(journal).Select(partition => new CurrentPartition(partition.Plan, partition.HoldsMachine, partition.MayRun) { Policy = partition.Policy })];
        }
        catch (JournalCorruptException corrupt)
        {
            throw new CommandFailedException(ExitCode.Failed, corrupt.Message);
        }
    }
}
