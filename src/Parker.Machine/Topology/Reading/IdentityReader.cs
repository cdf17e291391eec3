namespace Parker.Machine.Topology.Reading;

/// <summary>Maker and model from the DMI table that the kernel shows.</summary>
internal static class IdentityReader
{
    private const string Folder = "/sys/class/dmi/id/";

    public static MachineIdentity Read(SourceReader reader) => new(
        reader.Text(Folder + "sys_vendor") ?? "",
        reader.Text(Folder + "product_name") ?? "",
        reader.Text(Folder + "bios_version") ?? "",
        reader.Text(Folder + "bios_date") ?? "");
}
