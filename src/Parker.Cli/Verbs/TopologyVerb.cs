using System.CommandLine;
using Parker.Api;
using Parker.Api.Topology;
using Parker.Cli.Machines;
using Parker.Cli.Options;
using Parker.Cli.Topologies;
using Parker.Machine.Topology;
using Parker.Machine.Topology.Reading;
using Parker.Planning.Grants;

namespace Parker.Cli.Verbs;

/// <summary><c>parker topology</c>: what a machine is made of.</summary>
internal static class TopologyVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Option<OutputFormat> format = OutputOption.Create();
        Option<string?> root = RootOption.Create();
        Verb verb = new("topology", "Show what the machine is made of: packages, nodes, cores, caches, memory and the pool, PCI buses and whether they can be granted.")
        {
            Details =
            [
                "Everything is read from sysfs, procfs and the firmware's ACPI tables, and nothing is changed. What could not be read is said, with the reason; root sees all.",
            ],
            Examples =
            [
                ("parker topology", "List this machine."),
                ("parker topology -o json --root server7.tar.zst", "A captured machine, for a program."),
            ],
        };
        verb.Add(format);
        verb.Add(root);
        verb.SetAction(parsed =>
        {
            MachineTopology topology = TopologyReader.Read(MachineSources.Open(parsed.GetValue(root)));
            Write(topology, parsed.GetValue(format), surroundings.Output);
            return ExitCode.Done;
        });
        return verb;
    }

    private static void Write(MachineTopology topology, OutputFormat format, TextWriter output)
    {
        BusGrants grants = BusGrants.Evaluate(topology);
        if (format == OutputFormat.Json)
        {
            output.Write(ApiJson.ToJson(TopologyDocument.Of(topology, GrantDocuments.Of(grants))));
        }
        else
        {
            TopologyListing.Write(topology, grants, output);
        }
    }
}
