using System.Text;
using Parker.ControlFs.Protocol;
using Parker.ControlFs.Sessions;
using Parker.Partition;

namespace Parker.ControlFs.Tree;

/// <summary>The tree: the root, a folder for each partition, and what can be done with its files.</summary>
/// <remarks>
/// Partitions are never called while the lock of the tree is held, so that they may tell of changes while they hold locks of their own. Nodes are computed from their numbers;
/// nothing is remembered for what the kernel remembers, so that it may forget as it likes.
/// </remarks>
internal sealed partial class ControlFileSystem : IFuseFileSystem
{
    /// <summary>The most folders of partitions that are not defined yet.</summary>
    public const int MostDrafts = 256;

    private readonly IControlledPartitions _partitions;
    private readonly ControlFsOptions _options;
    private readonly ContentMaker _contents;
    private readonly DateTimeOffset _begun;

    private readonly Lock _sync = new();
    private readonly Dictionary<ulong, PartitionFolder> _folders = [];
    private readonly Dictionary<PartitionName, PartitionFolder> _byName = [];
    private readonly Dictionary<ulong, OpenFile> _open = [];
    private readonly Dictionary<ulong, OpenFile> _newestOfNode = [];
    private ulong _lastFolder;
    private ulong _lastHandle;

    /// <summary>A tree over partitions.</summary>
    public ControlFileSystem(IControlledPartitions partitions, ControlFsOptions options)
    {
        _partitions = partitions;
        _options = options;
        _contents = new ContentMaker(partitions, options.Clock);
        _begun = options.Clock.GetUtcNow();
    }

    /// <summary>Told the kernel's handle of each open file that is to be polled again.</summary>
    public Action<ulong> NotifyPoll { get; set; } = _ => { };

    /// <summary>The number of open files.</summary>
    public int OpenFiles
    {
        get
        {
            lock (_sync)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>The names of the folders in the root that are no files.</summary>
    public IReadOnlyList<PartitionName> FolderNames
    {
        get
        {
            lock (_sync)
            {
                return [.. _byName.Keys];
            }
        }
    }

    /// <inheritdoc/>
    public bool IsSlow(in FuseRequest request) => request.Opcode switch
    {
        FuseOpcode.Write or FuseOpcode.Rmdir => true,
        FuseOpcode.Read or FuseOpcode.Getattr or FuseOpcode.Setattr => ControlFileKind.Find(new NodeId(request.Header.nodeid).File) is { IsSlow: true },

        // The answer tells the size.
        FuseOpcode.Lookup => FilesIn(new NodeId(request.Header.nodeid)) is IReadOnlyList<ControlFileKind> files && ControlFileKind.Find(files, request.Name) is { IsSlow: true },
        _ => false,
    };

    /// <inheritdoc/>
    public Errno Answer(in FuseRequest request, FuseAnswer answer) => request.Opcode switch
    {
        FuseOpcode.Lookup => Lookup(request, answer),
        FuseOpcode.Getattr => GetAttributes(request, answer),
        FuseOpcode.Setattr => SetAttributes(request, answer),
        FuseOpcode.Readlink => ReadLink(request, answer),
        FuseOpcode.Mkdir => MakeFolder(request, answer),
        FuseOpcode.Rmdir => RemoveFolder(request),
        FuseOpcode.Readdir => ReadFolder(request, answer),
        FuseOpcode.Statfs => TellSize(answer),
        FuseOpcode.Open => Open(request, answer),
        FuseOpcode.Read => Read(request, answer),
        FuseOpcode.Write => Write(request, answer),
        FuseOpcode.Release => Release(request),
        FuseOpcode.Poll => Poll(request, answer),
        FuseOpcode.Fsync => Errno.None,
        FuseOpcode.Unlink or FuseOpcode.Create or FuseOpcode.Mknod or FuseOpcode.Symlink or FuseOpcode.Link or FuseOpcode.Rename or FuseOpcode.Rename2 => Errno.EPERM,
        _ => Errno.ENOSYS,
    };

    /// <summary>Tells of a partition that another door or its own kernel has changed.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="time">When.</param>
    /// <param name="what">What happened, in a line.</param>
    /// <param name="isState">Whether its state is another one now, or may be.</param>
    public void Changed(PartitionName name, DateTimeOffset time, string what, bool isState)
    {
        PartitionFolder? folder = FindFolder(name) ?? FindKnown(name);
        if (folder is null)
        {
            return;
        }

        folder.Events.Add($"{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {OneLine(what)}\n");
        Touch(folder, time, isState);
    }

    /// <summary>The files of a folder whose names are fixed; null where it is no such folder.</summary>
    private static IReadOnlyList<ControlFileKind>? FilesIn(NodeId folder) =>
        folder.File != ControlFile.Folder ? null : folder.IsOfRoot ? ControlFileKind.Root : ControlFileKind.Partition;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    /// <summary>Marks a folder as changed, and wakes who waits for that.</summary>
    private void Touch(PartitionFolder folder, DateTimeOffset time, bool isState)
    {
        List<ulong> waiting = [];
        lock (_sync)
        {
            folder.ChangedAt = time;
            folder.Version++;
            folder.StateVersion += isState ? 1 : 0;
            foreach (OpenFile file in _open.Values)
            {
                if (file.Folder == folder && (isState || file.Kind.IsGrowing) && file.PollHandle is ulong handle)
                {
                    file.PollHandle = null;
                    waiting.Add(handle);
                }
            }
        }

        foreach (ulong handle in waiting)
        {
            NotifyPoll(handle);
        }
    }

    /// <summary>The folder that is there now, whatever partitions say.</summary>
    private PartitionFolder? FindKnown(PartitionName name)
    {
        lock (_sync)
        {
            return _byName.GetValueOrDefault(name);
        }
    }

    /// <summary>The folder of a partition, brought in line with what partitions say; null where there is none.</summary>
    private PartitionFolder? FindFolder(PartitionName name)
    {
        bool isDefined = _partitions.TryGetState(name, out _);
        PartitionFolder? folder;
        lock (_sync)
        {
            folder = _byName.GetValueOrDefault(name);
            if (isDefined)
            {
                folder ??= AddFolder(name, null);
                folder.WasDefined = true;
                return folder;
            }

            if (folder is null || !folder.WasDefined)
            {
                return folder;
            }
        }

        // It may have been defined between the question and the lock; a second no is one.
        if (_partitions.TryGetState(name, out _))
        {
            return folder;
        }

        Forget(folder);
        return null;
    }

    /// <summary>The folder of a node; null where it was taken away.</summary>
    private PartitionFolder? FolderOf(NodeId node)
    {
        PartitionFolder? folder;
        lock (_sync)
        {
            folder = _folders.GetValueOrDefault(node.Folder);
        }

        return folder is not null && FindFolder(folder.Name) == folder ? folder : null;
    }

    private PartitionFolder AddFolder(PartitionName name, PartitionDraft? draft)
    {
        PartitionFolder folder = new(++_lastFolder, name, draft, _options.Clock.GetUtcNow());
        _folders.Add(folder.Serial, folder);
        _byName.Add(name, folder);
        return folder;
    }

    private void Forget(PartitionFolder folder)
    {
        lock (_sync)
        {
            if (_folders.Remove(folder.Serial))
            {
                _ = _byName.Remove(folder.Name);
            }

            folder.IsRemoved = true;
        }

        Touch(folder, _options.Clock.GetUtcNow(), isState: true);
    }

    /// <summary>A name of the root as a partition's.</summary>
    private static bool TryReadName(ReadOnlySpan<byte> bytes, out PartitionName name)
    {
        name = default;
        return bytes.Length <= PartitionName.MaxLength && PartitionName.TryParse(Encoding.ASCII.GetString(bytes), out name);
    }
}
