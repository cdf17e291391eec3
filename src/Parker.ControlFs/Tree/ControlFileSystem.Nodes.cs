using System.Text;
using Parker.ControlFs.Protocol;
using Parker.ControlFs.Protocol.Structures;
using Parker.Machine;
using Parker.Partition;

namespace Parker.ControlFs.Tree;

/// <content>What there is: names, attributes, folders, links.</content>
internal sealed partial class ControlFileSystem
{
    private const string DevicesOfBootKernel = "/sys/bus/pci/devices/";

    // Names of files stay what they are as long as their folder is there; folders come and go by other doors.
    private const ulong FixedNameSeconds = 3600;

    private const uint BlockSize = 4096;

    // A position in the root behind all fixed entries is this and a folder's serial number.
    private const ulong FirstFolderPosition = 1000;

    private Errno Lookup(in FuseRequest request, FuseAnswer answer)
    {
        NodeId parent = new(request.Header.nodeid);
        if (parent == NodeId.Root)
        {
            if (ControlFileKind.Find(ControlFileKind.Root, request.Name) is ControlFileKind file)
            {
                return AddNode(answer, new NodeId(0, file.File), null, isFixed: true);
            }

            return TryReadName(request.Name, out PartitionName name) && FindFolder(name) is PartitionFolder folder
                ? AddNode(answer, new NodeId(folder.Serial, ControlFile.Folder), folder, isFixed: false)
                : Errno.ENOENT;
        }

        if (FolderOf(parent) is not PartitionFolder owner)
        {
            return Errno.ESTALE;
        }

        switch (parent.File)
        {
            case ControlFile.Folder:
                return ControlFileKind.Find(ControlFileKind.Partition, request.Name) is ControlFileKind kind
                    ? AddNode(answer, new NodeId(owner.Serial, kind.File), owner, isFixed: true)
                    : Errno.ENOENT;
            case ControlFile.Devices:
                return PciAddress.TryParse(Encoding.ASCII.GetString(request.Name), null, out PciAddress device) && DevicesOf(owner).Contains(device)
                    ? AddNode(answer, owner.NodeOf(device), owner, isFixed: false)
                    : Errno.ENOENT;
            default:
                return Errno.ENOTDIR;
        }
    }

    private Errno GetAttributes(in FuseRequest request, FuseAnswer answer)
    {
        NodeId node = new(request.Header.nodeid);
        PartitionFolder? folder = null;
        if (!node.IsOfRoot && (folder = FolderOf(node)) is null && (folder = FolderOfOpenFile(node)) is null)
        {
            return Errno.ESTALE;
        }

        if (!Exists(node, folder))
        {
            return Errno.ESTALE;
        }

        answer.Add(new fuse_attr_out { attr = AttributesOf(node, folder) });
        return Errno.None;
    }

    /// <summary>A file that is truncated is about to be written, and its times are what its value's are; owner and mode are those of the mount.</summary>
    private Errno SetAttributes(in FuseRequest request, FuseAnswer answer)
    {
        const uint Refused = FuseConstants.SetMode | FuseConstants.SetUser | FuseConstants.SetGroup;
        return (request.Arguments<fuse_setattr_in>().valid & Refused) != 0 ? Errno.EPERM : GetAttributes(request, answer);
    }

    private Errno ReadLink(in FuseRequest request, FuseAnswer answer)
    {
        NodeId node = new(request.Header.nodeid);
        if (FolderOf(node) is not PartitionFolder folder)
        {
            return Errno.ESTALE;
        }

        if (!folder.TryFindDevice(node, out PciAddress device))
        {
            return Errno.EINVAL;
        }

        answer.Add(Encoding.ASCII.GetBytes(DevicesOfBootKernel + device));
        return Errno.None;
    }

    private Errno ReadFolder(in FuseRequest request, FuseAnswer answer)
    {
        NodeId node = new(request.Header.nodeid);
        fuse_read_in wanted = request.Arguments<fuse_read_in>();
        ulong parent = FuseConstants.RootId;
        if (node == NodeId.Root)
        {
            return AddFixed(answer, wanted, node, parent, ControlFileKind.Root) ? AddFolders(answer, wanted) : Errno.None;
        }

        if (FolderOf(node) is not PartitionFolder folder)
        {
            return Errno.ESTALE;
        }

        switch (node.File)
        {
            case ControlFile.Folder:
                _ = AddFixed(answer, wanted, node, parent, ControlFileKind.Partition);
                return Errno.None;
            case ControlFile.Devices:
                if (AddFixed(answer, wanted, node, new NodeId(folder.Serial, ControlFile.Folder).Value, []))
                {
                    AddDevices(answer, wanted, folder);
                }

                return Errno.None;
            default:
                return Errno.ENOTDIR;
        }
    }

    private static Errno TellSize(FuseAnswer answer)
    {
        answer.Add(new fuse_kstatfs { bsize = BlockSize, frsize = BlockSize, namelen = FuseRequest.LongestName });
        return Errno.None;
    }

    /// <summary>Adds <c>.</c>, <c>..</c> and the files whose names are fixed, from the wanted position on.</summary>
    /// <returns>Whether all fitted.</returns>
    private static bool AddFixed(FuseAnswer answer, in fuse_read_in wanted, NodeId node, ulong parent, IReadOnlyList<ControlFileKind> files)
    {
        for (ulong index = wanted.offset; index < (ulong)files.Count + 2; index++)
        {
            bool fitted = index switch
            {
                0 => answer.TryAddEntry(wanted.size, node.Value, 1, FuseConstants.FolderMode, "."u8),
                1 => answer.TryAddEntry(wanted.size, parent, 2, FuseConstants.FolderMode, ".."u8),
                _ => AddFile(answer, wanted.size, node, index + 1, files[(int)index - 2]),
            };
            if (!fitted)
            {
                return false;
            }
        }

        return true;
    }

    private static bool AddFile(FuseAnswer answer, uint size, NodeId folder, ulong next, ControlFileKind kind) =>
        answer.TryAddEntry(size, new NodeId(folder.Folder, kind.File).Value, next, kind.IsFolder ? FuseConstants.FolderMode : FuseConstants.FileMode, kind.NameBytes.Span);

    private Errno AddFolders(FuseAnswer answer, in fuse_read_in wanted)
    {
        foreach (PartitionFolder folder in CurrentFolders())
        {
            if (FirstFolderPosition + folder.Serial > wanted.offset
                && !answer.TryAddEntry(wanted.size, new NodeId(folder.Serial, ControlFile.Folder).Value, FirstFolderPosition + folder.Serial, FuseConstants.FolderMode, folder.NameBytes.Span))
            {
                break;
            }
        }

        return Errno.None;
    }

    private void AddDevices(FuseAnswer answer, in fuse_read_in wanted, PartitionFolder folder)
    {
        IReadOnlyList<PciAddress> devices = DevicesOf(folder);
        for (int index = (int)(Math.Clamp(wanted.offset, 2, int.MaxValue) - 2); index < devices.Count; index++)
        {
            if (!answer.TryAddEntry(wanted.size, folder.NodeOf(devices[index]).Value, (ulong)index + 3, FuseConstants.LinkMode, Encoding.ASCII.GetBytes(devices[index].ToString())))
            {
                break;
            }
        }
    }

    /// <summary>The folders by serial number, which is the order in which they are listed: one that comes or goes moves no other.</summary>
    private PartitionFolder[] CurrentFolders()
    {
        PartitionName[] known;
        lock (_sync)
        {
            known = [.. _byName.Keys];
        }

        return
        [
            .. _partitions.Names
                .Concat(known)
                .Distinct()
                .Where(name => ControlFileKind.Find(ControlFileKind.Root, Encoding.ASCII.GetBytes(name.ToString())) is null)
                .Select(FindFolder)
                .OfType<PartitionFolder>()
                .OrderBy(folder => folder.Serial),
        ];
    }

    /// <summary>The functions of the granted buses; before there is a plan the devices that are wanted.</summary>
    private IReadOnlyList<PciAddress> DevicesOf(PartitionFolder folder) =>
        _partitions.Find(folder.Name) is ControlledPartition partition
            ? [.. partition.Plan.Buses.SelectMany(bus => bus.Functions)]
            : folder.Draft?.Devices ?? [];

    private static bool Exists(NodeId node, PartitionFolder? folder) =>
        node.IsDevice ? folder is not null && folder.TryFindDevice(node, out _)
        : node.File == ControlFile.Folder
            || (node.IsOfRoot ? ControlFileKind.Root : ControlFileKind.Partition).Any(kind => kind.File == node.File);

    /// <summary>The folder, taken away or not, of a file that somebody has open.</summary>
    private PartitionFolder? FolderOfOpenFile(NodeId node)
    {
        lock (_sync)
        {
            return _newestOfNode.GetValueOrDefault(node.Value)?.Folder;
        }
    }

    private Errno AddNode(FuseAnswer answer, NodeId node, PartitionFolder? folder, bool isFixed)
    {
        answer.Add(new fuse_entry_out { nodeid = node.Value, entry_valid = isFixed ? FixedNameSeconds : 0, attr = AttributesOf(node, folder) });
        return Errno.None;
    }

    private fuse_attr AttributesOf(NodeId node, PartitionFolder? folder)
    {
        DateTimeOffset time = folder?.ChangedAt ?? _begun;
        ulong size = SizeOf(node, folder);
        ulong seconds = (ulong)time.ToUnixTimeSeconds();
        uint nanoseconds = (uint)(time.UtcTicks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
        uint mode = ModeOf(node);
        return new fuse_attr
        {
            ino = node.Value,
            size = size,
            blocks = (size + 511) / 512,
            atime = seconds,
            mtime = seconds,
            ctime = seconds,
            atimensec = nanoseconds,
            mtimensec = nanoseconds,
            ctimensec = nanoseconds,
            mode = mode,
            nlink = (mode & FuseConstants.FolderMode) != 0 && (mode & FuseConstants.FileMode) == 0 ? 2u : 1u,
            gid = _options.GroupId ?? 0,
            blksize = BlockSize,
        };
    }

    private uint ModeOf(NodeId node)
    {
        if (node.IsDevice)
        {
            return FuseConstants.LinkMode | 0x1FF;
        }

        // Octal: folders 0755, files 0644 or 0444; with a group 0770, 0660 or 0440.
        bool isShared = _options.GroupId is not null;
        return ControlFileKind.Find(node.File) switch
        {
            null or { IsFolder: true } => FuseConstants.FolderMode | (isShared ? 0x1F8u : 0x1EDu),
            { IsWritable: true } => FuseConstants.FileMode | (isShared ? 0x1B0u : 0x1A4u),
            _ => FuseConstants.FileMode | (isShared ? 0x120u : 0x124u),
        };
    }

    /// <summary>The size that stat tells: of what the newest reader has, so that who asks an open file for its size can read so much.</summary>
    private ulong SizeOf(NodeId node, PartitionFolder? folder)
    {
        if (node.IsDevice)
        {
            return folder is not null && folder.TryFindDevice(node, out PciAddress device) ? (ulong)(DevicesOfBootKernel.Length + device.ToString().Length) : 0;
        }

        if (ControlFileKind.Find(node.File) is not ControlFileKind kind || kind.IsFolder)
        {
            return 0;
        }

        if (kind.File == ControlFile.Log)
        {
            return SizeOfLog(node, folder!);
        }

        if (!kind.IsGrowing)
        {
            lock (_sync)
            {
                if (_newestOfNode.TryGetValue(node.Value, out OpenFile? file) && file.Content is ReadOnlyMemory<byte> content)
                {
                    return (ulong)content.Length;
                }
            }
        }

        return (ulong)_contents.Make(kind, folder).Length;
    }
}
