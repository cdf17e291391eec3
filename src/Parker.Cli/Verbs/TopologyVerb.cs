using System.CommandLine;
using Parker.Api;
using Parker.Api.Topology;
using Parker.Cli.Drawing;
using Parker.Cli.Drawing.Svg;
using Parker.Cli.Machines;
using Parker.Cli.Options;
using Parker.Cli.Output;
using Parker.Cli.Topologies;
using Parker.Daemon.Machines;
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
        Option<bool> map = new("--map") { Description = "Draw nodes, cores with their threads, memory with the pool, and the buses that can be granted." };
        Option<string?> svg = new("--svg") { Description = "Draw the same as a picture into a file, instead of the listing.", HelpName = "FILE" };
        Verb verb = new("topology", "Show what the machine is made of: packages, nodes, cores, caches, memory and the pool, PCI buses and whether they can be granted.")
        {
            Details =
            [
                "Everything is read from sysfs, procfs and the firmware's ACPI tables, and nothing is changed. What could not be read is said, with the reason; root sees all.",
            ],
            Examples =
            [
                ("parker topology", "List this machine."),
                ("parker topology --map", "Draw it, 100 columns wide."),
                ("parker topology --svg machine.svg", "Draw it as a picture that a browser shows."),
                ("parker topology -o json --root server7.tar.zst", "A captured machine, for a program."),
            ],
        };
        verb.Add(format);
        verb.Add(root);
        verb.Add(map);
        verb.Add(svg);
        verb.Validators.Add(result =>
        {
            if (result.GetValue(map) && result.GetValue(format) == OutputFormat.Json)
            {
                result.AddError("--map draws text and -o json writes JSON: take one of them.");
            }
        });
        verb.SetAction(parsed =>
        {
            MachineTopology topology = TopologyReader.Read(MachineSources.Open(parsed.GetValue(root)));
            BusGrants grants = BusGrants.Evaluate(topology);
            if (parsed.GetValue(svg) is string picture)
            {
                WholeFile.Write(picture, "picture", ownerOnly: false, stream =>
                {
                    using StreamWriter writer = new(stream, leaveOpen: true);
                    SvgDrawing.Write(MachinePicture.Of(topology, grants), writer);
                });
            }

            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                surroundings.Output.Write(ApiJson.ToJson(TopologyDocument.Of(topology, GrantDocuments.Of(grants))));
            }
            else if (parsed.GetValue(map))
            {
                MapDrawing.Write(MachinePicture.Of(topology, grants), surroundings.Output);
            }
            else if (parsed.GetValue(svg) is null)
            {
                TopologyListing.Write(topology, grants, surroundings.Output);
            }

            return ExitCode.Done;
        });
        return verb;
    }
}
