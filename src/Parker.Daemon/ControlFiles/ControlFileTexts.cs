using Parker.Api.Inspection;
using Parker.Api.Plans;
using Parker.Machine.Topology;

namespace Parker.Daemon.ControlFiles;

/// <summary>What control files read as where that is a listing: how one looks is not the daemon's to know.</summary>
public sealed record ControlFileTexts
{
    /// <summary>The version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>A machine.</summary>
    public required Func<MachineTopology, string> Topology { get; init; }

    /// <summary>Whether partitions can be started on a machine.</summary>
    public required Func<MachineTopology, string> Check { get; init; }

    /// <summary>What a configuration changes.</summary>
    public required Func<PlanDocument, string> Plan { get; init; }

    /// <summary>The records of a kernel's log, a line each with a newline at its end.</summary>
    public required Func<LogDocument, string> Log { get; init; }
}
