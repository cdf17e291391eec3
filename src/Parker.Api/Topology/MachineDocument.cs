using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>Maker and model; empty where the firmware does not tell.</summary>
/// <param name="Vendor">The maker.</param>
/// <param name="Product">The model.</param>
/// <param name="BiosVersion">The firmware's version.</param>
/// <param name="BiosDate">Its date, as written there (month/day/year).</param>
public sealed record MachineDocument(string Vendor, string Product, string BiosVersion, string BiosDate)
{
    internal static MachineDocument Of(MachineIdentity identity) => new(identity.Vendor, identity.Product, identity.BiosVersion, identity.BiosDate);
}
