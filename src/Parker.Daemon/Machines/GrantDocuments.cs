using Parker.Api.Topology;
using Parker.Planning.Grants;

namespace Parker.Daemon.Machines;

/// <summary>What can be granted, as Parker.Api writes it; that room does not know Parker.Planning.</summary>
public static class GrantDocuments
{
    /// <summary>The documents of all buses and units.</summary>
    public static GrantsDocument Of(BusGrants grants)
    {
        ArgumentNullException.ThrowIfNull(grants);
        return new(
            [
                .. grants.Candidates.Select(candidate => BusGrantDocument.Of(
                    candidate.Buses, candidate.Port, candidate.Functions, candidate.Node, VerdictOf(candidate, grants), candidate.Reasons.Select(Of))),
            ],
            [.. grants.Units.Select(unit => UnitGrantDocument.Of(unit.Unit.Registers, unit.CanBeOwned, unit.Buses.Select(bus => bus.Buses), unit.Reasons.Select(Of)))]);
    }

    /// <summary>Whether buses can be granted.</summary>
    public static GrantVerdict VerdictOf(BusCandidate candidate, BusGrants grants)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(grants);
        return candidate.IsGrantable ? GrantVerdict.Yes : grants.CanGrant(candidate) ? GrantVerdict.WithIommuUnit : GrantVerdict.No;
    }

    private static GrantReasonDocument Of(GrantReason reason) => GrantReasonDocument.Of(reason.ToDiagnostic(""), reason.Functions, reason.OnlyWithoutUnit);
}
