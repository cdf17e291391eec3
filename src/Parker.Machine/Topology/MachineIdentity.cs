namespace Parker.Machine.Topology;

/// <summary>Maker and model as <c>/sys/class/dmi/id</c> tells them; empty where it does not.</summary>
/// <param name="Vendor">sys_vendor.</param>
/// <param name="Product">product_name.</param>
/// <param name="BiosVersion">bios_version.</param>
/// <param name="BiosDate">bios_date, as written there (month/day/year).</param>
public sealed record MachineIdentity(string Vendor, string Product, string BiosVersion, string BiosDate);
