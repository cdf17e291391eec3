using System.Text;

namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Mounted file systems, swap, and volumes made of block devices.</summary>
internal static class StorageUseReader
{
    private const string Swaps = "/proc/swaps";
    private const string Btrfs = "/sys/fs/btrfs";

    public static void Read(SourceReader reader, BlockDevices disks, PciUses uses)
    {
        if (!disks.IsKnown)
        {
            uses.AddUnseen(PciUseKind.Mount, "/sys/class/block cannot be read");
        }

        ReadVolumes(disks, uses);
        ReadMounts(reader, disks, uses);
        ReadBtrfs(reader, disks, uses);
        ReadSwaps(reader, disks, uses);
    }

    private static void ReadVolumes(BlockDevices disks, PciUses uses)
    {
        foreach (BlockDevice volume in disks.All)
        {
            foreach (string name in volume.Members)
            {
                // A partition of a volume is made of the volume, and adds nothing to what that says.
                if (disks.TryByName(name, out BlockDevice? member) && !volume.Path.EndsWith($"/{name}/{volume.Name}", StringComparison.Ordinal))
                {
                    uses.Add(disks.FunctionsOf(member), PciUseKind.Volume, $"/dev/{member.Name} in {volume.Title}");
                }
            }
        }
    }

    private static void ReadMounts(SourceReader reader, BlockDevices disks, PciUses uses)
    {
        if (MountTable.Read(reader) is not { } mounted)
        {
            reader.Missing("/proc/self/mountinfo", "which disks are mounted is not known");
            uses.AddUnseen(PciUseKind.Mount, "/proc/self/mountinfo cannot be read");
            return;
        }

        foreach (MountedFileSystem one in mounted)
        {
            if (disks.TryByNumber(one.Number, out BlockDevice? device))
            {
                Add(device, one.MountPoint);
                continue;
            }

            // btrfs has a number of its own; bcachefs names all of its devices.
            foreach (string part in one.Source.Split(':'))
            {
                if (disks.TryByNode(part, out device))
                {
                    Add(device, one.MountPoint);
                }
            }

            if (one.Type == "zfs" && !uses.Unseen.Any(unseen => unseen.Why.StartsWith("ZFS", StringComparison.Ordinal)))
            {
                uses.AddUnseen(PciUseKind.Mount, $"ZFS '{one.Source}' is mounted on {one.MountPoint}, and the kernel does not tell which disks a pool lies on");
            }
        }

        void Add(BlockDevice device, string place) => uses.Add(disks.FunctionsOf(device), PciUseKind.Mount, $"/dev/{device.Title} on {place}");
    }

    // A btrfs of several devices is mounted from one of them; /sys/fs/btrfs/UUID/devices names them all while it is mounted.
    private static void ReadBtrfs(SourceReader reader, BlockDevices disks, PciUses uses)
    {
        foreach (string uuid in reader.Names(Btrfs))
        {
            if (uuid.Length != 36)
            {
                continue;
            }

            foreach (string name in reader.Names($"{Btrfs}/{uuid}/devices"))
            {
                if (disks.TryByName(name, out BlockDevice? device))
                {
                    uses.Add(disks.FunctionsOf(device), PciUseKind.Mount, $"/dev/{device.Title} in btrfs {uuid}");
                }
            }
        }
    }

    // A line of headings, then "/dev/dm-1   partition   16777212   0   -2". A swap file lies on a mounted file system and is found by that.
    private static void ReadSwaps(SourceReader reader, BlockDevices disks, PciUses uses)
    {
        SourceStatus status = reader.Source.TryRead(Swaps, out byte[] content);
        if (status != SourceStatus.Ok)
        {
            // A kernel without swap has no such file.
            if (status != SourceStatus.Missing)
            {
                uses.AddUnseen(PciUseKind.Swap, SourceReader.Why(Swaps, status));
            }

            return;
        }

        foreach (string line in Encoding.UTF8.GetString(content).Split('\n').Skip(1))
        {
            string node = line.Split([' ', '\t'], 2)[0];
            if (disks.TryByNode(node, out BlockDevice? device))
            {
                uses.Add(disks.FunctionsOf(device), PciUseKind.Swap, $"/dev/{device.Title}");
            }
        }
    }
}
