using System.CommandLine;
using Parker.Api;
using Parker.Cli.Checks;
using Parker.Cli.Machines;
using Parker.Cli.Options;
using Parker.Daemon.Machines;
using Parker.Machine.Topology.Reading;
using Parker.Planning.Preflight;

namespace Parker.Cli.Verbs;

/// <summary><c>parker check</c>: whether partitions can be started on a machine.</summary>
internal static class CheckVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Option<OutputFormat> format = OutputOption.Create();
        Option<string?> root = RootOption.Create();
        Verb verb = new("check", "Check whether partitions can be started on the machine: for each requirement what was seen, and the fix.")
        {
            Details =
            [
                "Each line says ok, warn, missing or unknown. Partitions can be started where nothing is missing and nothing that they need is unknown; a warning says what does not work, "
                    + "or works less well. docs/checks.md explains each line.",
                "Exit code 0 when partitions can be started, 3 otherwise. Nothing is changed.",
            ],
            Examples =
            [
                ("parker check", "Check this machine; as root, so that all of it can be read."),
                ("parker check --root server7.tar.zst", "Check a machine that was captured."),
            ],
        };
        verb.Add(format);
        verb.Add(root);
        verb.SetAction(parsed =>
        {
            CheckReport report = MachineCheck.Evaluate(TopologyReader.Read(MachineSources.Open(parsed.GetValue(root))));
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                surroundings.Output.Write(ApiJson.ToJson(CheckDocuments.Of(report)));
            }
            else
            {
                CheckListing.Write(report, surroundings.UseColour, surroundings.Output);
            }

            return report.CanStart ? ExitCode.Done : ExitCode.Refused;
        });
        return verb;
    }
}
