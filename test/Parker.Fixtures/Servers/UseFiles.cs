using System.Globalization;
using System.Text;
using Parker.Fixtures.Servers.Pci;

namespace Parker.Fixtures.Servers;

/// <summary>Writes what the Boot Kernel of a made-up server uses: disks, file systems, network interfaces, consoles.</summary>
internal sealed class UseFiles(MachineTree tree)
{
    private readonly StringBuilder _mounts = new();
    private int _mount = 24;
    private int _disks;

    /// <summary>An NVMe drive with partitions; gives its name.</summary>
    public string AddNvme(ServerFunction function, int partitions = 0)
    {
        int number = _disks++;
        string name = string.Create(CultureInfo.InvariantCulture, $"nvme{number}n1");
        string folder = string.Create(CultureInfo.InvariantCulture, $"{function.Path}/nvme/nvme{number}/{name}");
        AddBlock(name, folder, 259, number * 8);
        for (int partition = 1; partition <= partitions; partition++)
        {
            string part = string.Create(CultureInfo.InvariantCulture, $"{name}p{partition}");
            AddBlock(part, $"{folder}/{part}", 259, (number * 8) + partition);
        }

        return name;
    }

    /// <summary>A SCSI disk of a controller.</summary>
    public void AddScsiDisk(ServerFunction function, string name, int minor) => AddBlock(name, $"{function.Path}/host0/target0:0:0/0:0:0:0/block/{name}", 8, minor);

    /// <summary>A device-mapper or MD volume made of others.</summary>
    public void AddVolume(string name, int major, int minor, string? mapperName, params string[] members)
    {
        string folder = "/sys/devices/virtual/block/" + name;
        AddBlock(name, folder, major, minor);
        if (mapperName is not null)
        {
            tree.Line(folder + "/dm/name", mapperName);
        }

        foreach (string member in members)
        {
            tree.Link($"{folder}/slaves/{member}", "/sys/class/block/" + member);
        }
    }

    /// <summary>A mounted file system.</summary>
    public void Mount(int major, int minor, string place, string type, string source) =>
        _mounts.Append(CultureInfo.InvariantCulture, $"{_mount++} {(_mount == 25 ? 1 : 24)} {major}:{minor} / {place} rw,relatime shared:{_mount} - {type} {source} rw\n");

    /// <summary>A network interface.</summary>
    public void AddInterface(ServerFunction function, string name, bool up, string? master = null)
    {
        string folder = $"{function.Path}/net/{name}";
        tree.Link("/sys/class/net/" + name, folder);
        tree.Line(folder + "/operstate", up ? "up" : "down");
        tree.Line(folder + "/flags", up ? "0x1003" : "0x1002");
        if (master is not null)
        {
            tree.Link(folder + "/master", "/sys/devices/virtual/net/" + master);
        }
    }

    /// <summary>The frame buffer of the virtual terminals.</summary>
    public void AddScreen(ServerFunction function) => tree.Link("/sys/class/graphics/fb0", function.Path + "/graphics/fb0");

    /// <summary>Writes the lists.</summary>
    /// <param name="swap">The swap device's node; null for none.</param>
    /// <param name="consoles">Lines of <c>/proc/consoles</c>.</param>
    public void Finish(string? swap, params string[] consoles)
    {
        Mount(0, 22, "/proc", "proc", "proc");
        Mount(0, 23, "/sys", "sysfs", "sysfs");
        Mount(0, 24, "/dev/shm", "tmpfs", "tmpfs");
        tree.Text("/proc/self/mountinfo", _mounts.ToString());
        tree.Text("/proc/swaps", "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n" + (swap is null ? "" : swap + "                               partition\t16777212\t0\t\t-2\n"));
        tree.Text("/proc/consoles", string.Concat(consoles.Select(line => line + "\n")));
        tree.Link("/sys/class/net/lo", "/sys/devices/virtual/net/lo");
        tree.Line("/sys/devices/virtual/net/lo/operstate", "unknown");
        tree.Line("/sys/devices/virtual/net/lo/flags", "0x9");
        tree.Link("/sys/class/tty/ttyS0", "/sys/devices/platform/serial8250/serial8250:0/serial8250:0.0/tty/ttyS0");
        tree.Folder("/sys/devices/platform/serial8250/serial8250:0/serial8250:0.0/tty/ttyS0");
    }

    private void AddBlock(string name, string folder, int major, int minor)
    {
        tree.Link("/sys/class/block/" + name, folder);
        tree.Line(folder + "/dev", string.Create(CultureInfo.InvariantCulture, $"{major}:{minor}"));
    }
}
