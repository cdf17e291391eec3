using System.Globalization;
using Parker.Cli.Checks;
using Parker.Cli.Inspections;
using Parker.Cli.Plans;
using Parker.Cli.Topologies;
using Parker.Daemon.ControlFiles;
using Parker.Planning.Grants;
using Parker.Planning.Preflight;

namespace Parker.Cli.Output;

/// <summary>The listings of this program as control files have them.</summary>
internal static class ControlFileListings
{
    /// <summary>All of them.</summary>
    public static ControlFileTexts Texts { get; } = new()
    {
        Version = ParkerVersion.Number,
        Topology = machine => Text(output => TopologyListing.Write(machine, BusGrants.Evaluate(machine), output)),
        Check = machine => Text(output => CheckListing.Write(MachineCheck.Evaluate(machine), useColour: false, output)),
        Plan = plan => Text(output =>
        {
            PlanListing.Write(plan, output);
            PlanListing.WriteWarnings(plan, output);
        }),
        Log = log => Text(output => LogListing.Write(log, decode: false, output)),
    };

    private static string Text(Action<TextWriter> write)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        write(output);
        return output.ToString();
    }
}
