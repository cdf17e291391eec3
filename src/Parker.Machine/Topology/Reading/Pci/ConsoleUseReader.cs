using System.Text;

namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Consoles: serial ports, virtio consoles, and the display of the virtual terminals.</summary>
/// <remarks><c>/proc/consoles</c> has a line for each: <c>ttyS0                -W- (EC p a)    4:64</c>.</remarks>
internal static class ConsoleUseReader
{
    private const string Consoles = "/proc/consoles";
    private const string Graphics = "/sys/class/graphics";
    private const string VirtioPorts = "/sys/class/virtio-ports";

    public static void Read(SourceReader reader, PciUses uses)
    {
        SourceStatus status = reader.Source.TryRead(Consoles, out byte[] content);
        if (status != SourceStatus.Ok)
        {
            uses.AddUnseen(PciUseKind.Console, SourceReader.Why(Consoles, status));
            return;
        }

        foreach (string line in Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string name = line.Split([' ', '\t'], 2)[0];
            if (name.StartsWith("tty", StringComparison.Ordinal) && name.Length > 3 && char.IsAsciiDigit(name[3]))
            {
                AddFolder(reader, uses, Graphics, "fb", device => $"{device} (display of {name})");
            }
            else if (name.StartsWith("hvc", StringComparison.Ordinal))
            {
                AddFolder(reader, uses, VirtioPorts, "vport", device => $"{device} ({name})");
            }
            else if (name.Length > 0 && reader.Source.TryReadLink("/sys/class/tty/" + name, out string path) == SourceStatus.Ok)
            {
                Add(uses, path, name);
            }
        }
    }

    private static void AddFolder(SourceReader reader, PciUses uses, string folder, string prefix, Func<string, string> detail)
    {
        foreach (string device in reader.Names(folder))
        {
            if (device.StartsWith(prefix, StringComparison.Ordinal)
                && device != "fbcon"
                && reader.Source.TryReadLink($"{folder}/{device}", out string path) == SourceStatus.Ok)
            {
                Add(uses, path, detail(device));
            }
        }
    }

    private static void Add(PciUses uses, string path, string detail)
    {
        if (SysfsDevicePath.LastFunction(path) is PciAddress function)
        {
            uses.Add([function], PciUseKind.Console, detail);
        }
    }
}
