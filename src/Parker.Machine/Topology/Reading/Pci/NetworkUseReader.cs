using System.Globalization;

namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Network interfaces that are up.</summary>
internal static class NetworkUseReader
{
    private const string Folder = "/sys/class/net";

    // include/uapi/linux/if.h
    private const uint InterfaceUp = 1;

    public static void Read(SourceReader reader, PciUses uses)
    {
        SourceStatus status = reader.Source.TryList(Folder, out IReadOnlyList<string> names);
        if (status != SourceStatus.Ok)
        {
            // A kernel without network has no such folder.
            if (status != SourceStatus.Missing)
            {
                uses.AddUnseen(PciUseKind.NetworkInterface, SourceReader.Why(Folder, status));
            }

            return;
        }

        foreach (string name in names)
        {
            string folder = $"{Folder}/{name}";
            if (reader.Source.TryReadLink(folder, out string path) != SourceStatus.Ok || SysfsDevicePath.LastFunction(path) is not PciAddress function)
            {
                continue;
            }

            string operationalState = reader.Text(folder + "/operstate") ?? "";
            string? master = reader.Source.TryReadLink(folder + "/master", out string target) == SourceStatus.Ok ? SysfsDevicePath.Name(target) : null;
            if (IsUp(reader, folder, operationalState) || master is not null)
            {
                // Administratively up counts even without a carrier: someone configured it.
                string state = operationalState == "up" ? "up" : "up, no link";
                uses.Add([function], PciUseKind.NetworkInterface, master is null ? $"{name} ({state})" : $"{name} ({state}, part of {master})");
            }
        }
    }

    private static bool IsUp(SourceReader reader, string folder, string operationalState) =>
        reader.Text(folder + "/flags") is string text
        && text.StartsWith("0x", StringComparison.Ordinal)
        && uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint flags)
            ? (flags & InterfaceUp) != 0
            : operationalState == "up";
}
