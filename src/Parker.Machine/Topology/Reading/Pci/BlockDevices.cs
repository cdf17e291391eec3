using System.Diagnostics.CodeAnalysis;

namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>The block devices, and the PCI functions that each lies on in the end.</summary>
/// <remarks>
/// A disk's path under <c>/sys/devices</c> names its function. A virtual one has none there: a device-mapper, MD or bcache volume has <c>slaves</c>, the
/// head of a multipath NVMe disk lies under its subsystem, which links to its controllers. Loop, RAM and zram disks lie on no function of their own
/// (what a loop disk's file lies on is mounted, and found by that).
/// </remarks>
internal sealed class BlockDevices
{
    private const string Folder = "/sys/class/block";

    private readonly SourceReader _reader;
    private readonly Dictionary<string, BlockDevice> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BlockDevice> _byNumber = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BlockDevice> _byMapperName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<PciAddress>> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<PciAddress>> _subsystems = new(StringComparer.Ordinal);

    private BlockDevices(SourceReader reader) => _reader = reader;

    /// <summary>Whether the list could be read at all.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>The devices, by name.</summary>
    public IEnumerable<BlockDevice> All => _byName.Values.OrderBy(device => device.Name, StringComparer.Ordinal);

    public static BlockDevices Read(SourceReader reader)
    {
        BlockDevices devices = new(reader);
        SourceStatus status = reader.Source.TryList(Folder, out IReadOnlyList<string> names);
        devices.IsKnown = status == SourceStatus.Ok;
        foreach (string name in names)
        {
            if (!LiesOnNoFunction(name))
            {
                devices.Enter(name);
            }
        }

        return devices;
    }

    public bool TryByName(string name, [NotNullWhen(true)] out BlockDevice? device) => _byName.TryGetValue(name, out device);

    /// <summary>A device by <c>major:minor</c>.</summary>
    public bool TryByNumber(string number, [NotNullWhen(true)] out BlockDevice? device) => _byNumber.TryGetValue(number, out device);

    /// <summary>A device by its node, such as <c>/dev/sda1</c> or <c>/dev/mapper/vg-root</c>.</summary>
    public bool TryByNode(string path, [NotNullWhen(true)] out BlockDevice? device)
    {
        device = null;
        const string mapper = "/dev/mapper/";
        return path.StartsWith(mapper, StringComparison.Ordinal)
            ? _byMapperName.TryGetValue(path[mapper.Length..], out device)
            // The kernel writes '!' in names where the node has a folder (cciss!c0d0).
            : path.StartsWith("/dev/", StringComparison.Ordinal) && _byName.TryGetValue(path["/dev/".Length..].Replace('/', '!'), out device);
    }

    /// <summary>The PCI functions that a device lies on; empty where none.</summary>
    public IReadOnlyList<PciAddress> FunctionsOf(BlockDevice device)
    {
        if (_functions.TryGetValue(device.Name, out IReadOnlyList<PciAddress>? known))
        {
            return known;
        }

        // A volume that is its own member would come back here: until it is known, it lies on nothing.
        _functions[device.Name] = [];
        SortedSet<PciAddress> found = [];
        Queue<string> todo = new([device.Name]);
        HashSet<string> seen = [device.Name];
        while (todo.TryDequeue(out string? name))
        {
            if (!_byName.TryGetValue(name, out BlockDevice? member))
            {
                continue;
            }

            found.UnionWith(Own(member));
            foreach (string next in member.Members)
            {
                if (seen.Add(next))
                {
                    todo.Enqueue(next);
                }
            }
        }

        return _functions[device.Name] = [.. found];
    }

    private static bool LiesOnNoFunction(string name) =>
        name.StartsWith("loop", StringComparison.Ordinal) || name.StartsWith("ram", StringComparison.Ordinal) || name.StartsWith("zram", StringComparison.Ordinal);

    private void Enter(string name)
    {
        string folder = $"{Folder}/{name}";
        if (_reader.Source.TryReadLink(folder, out string path) != SourceStatus.Ok)
        {
            return;
        }

        string number = _reader.Text(folder + "/dev") ?? "";
        string title = name;
        IReadOnlyList<string> members = [];
        if (SysfsDevicePath.LastFunction(path) is null)
        {
            members = _reader.Names(folder + "/slaves");
            if (members.Count == 0 && DiskAbove(path, name) is string disk)
            {
                // A partition of a volume: what the volume is made of.
                members = [disk];
            }

            if (_reader.Text(folder + "/dm/name") is { Length: > 0 } mapperName)
            {
                title = $"{name} ({mapperName})";
            }
        }

        BlockDevice device = new(name, path, number, title, members);
        _byName[name] = device;
        if (number.Length > 0)
        {
            _byNumber[number] = device;
        }

        if (title.Length > name.Length)
        {
            _byMapperName[title[(name.Length + 2)..^1]] = device;
        }
    }

    // ".../block/md0/md0p1" for md0p1 gives md0; ".../block/md0" for md0 gives nothing.
    private static string? DiskAbove(string path, string name)
    {
        string[] parts = path.Split('/');
        return parts.Length >= 3 && parts[^1] == name && parts[^3] == "block" ? parts[^2] : null;
    }

    private IReadOnlyList<PciAddress> Own(BlockDevice device)
    {
        if (SysfsDevicePath.LastFunction(device.Path) is PciAddress function)
        {
            return [function];
        }

        foreach (string part in device.Path.Split('/'))
        {
            if (part.StartsWith("nvme-subsys", StringComparison.Ordinal))
            {
                return Controllers(part);
            }
        }

        return [];
    }

    // /sys/class/nvme-subsystem/nvme-subsys0 has a link for each of its controllers: nvme0, nvme1.
    private IReadOnlyList<PciAddress> Controllers(string subsystem)
    {
        if (_subsystems.TryGetValue(subsystem, out IReadOnlyList<PciAddress>? known))
        {
            return known;
        }

        SortedSet<PciAddress> found = [];
        string folder = "/sys/class/nvme-subsystem/" + subsystem;
        foreach (string name in _reader.Names(folder))
        {
            if (name.StartsWith("nvme", StringComparison.Ordinal)
                && (_reader.Source.TryReadLink("/sys/class/nvme/" + name, out string target) == SourceStatus.Ok
                    || _reader.Source.TryReadLink($"{folder}/{name}", out target) == SourceStatus.Ok)
                && SysfsDevicePath.LastFunction(target) is PciAddress function)
            {
                found.Add(function);
            }
        }

        return _subsystems[subsystem] = [.. found];
    }
}
