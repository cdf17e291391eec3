using Parker.ControlFs.Protocol;
using Parker.ControlFs.Protocol.Structures;
using Parker.Partition;
using Parker.Runtime;

namespace Parker.ControlFs.Tree;

/// <content>Open files: reading, polling.</content>
internal sealed partial class ControlFileSystem
{
    // Who asks for its size opens it next.
    private static readonly TimeSpan KeepLog = TimeSpan.FromSeconds(2);

    private LogFollower? _latestLog;

    private Errno Open(in FuseRequest request, FuseAnswer answer)
    {
        NodeId node = new(request.Header.nodeid);
        PartitionFolder? folder = null;
        if (!node.IsOfRoot && (folder = FolderOf(node)) is null)
        {
            return Errno.ESTALE;
        }

        if (ControlFileKind.Find(node.File) is not ControlFileKind kind || !Exists(node, folder))
        {
            return node.File == ControlFile.Folder ? Errno.EISDIR : Errno.ESTALE;
        }

        if (kind.IsFolder)
        {
            return Errno.EISDIR;
        }

        // Root may open any file whatever its mode.
        if ((request.Arguments<fuse_open_in>().flags & FuseConstants.AccessMask) != FuseConstants.ReadOnly && !kind.IsWritable)
        {
            return Errno.EACCES;
        }

        OpenFile file = new(node, folder, kind) { Log = kind.File == ControlFile.Log ? FollowLog(folder!) : null };
        if (!kind.IsSlow || kind.IsGrowing)
        {
            Refresh(file);
        }

        ulong handle;
        lock (_sync)
        {
            handle = ++_lastHandle;
            _open.Add(handle, file);
            _newestOfNode[node.Value] = file;
        }

        answer.Add(new fuse_open_out { fh = handle, open_flags = FuseConstants.OpenDirectIo | FuseConstants.OpenNoFlush });
        return Errno.None;
    }

    private Errno Read(in FuseRequest request, FuseAnswer answer)
    {
        fuse_read_in wanted = request.Arguments<fuse_read_in>();
        if (FindOpen(wanted.fh) is not OpenFile file)
        {
            return Errno.EBADF;
        }

        if (IsGone(file))
        {
            return Errno.ENODEV;
        }

        ReadOnlyMemory<byte> content;
        if (file.Kind.IsGrowing)
        {
            if (file.Log is LogFollower log && Look(log) is var error and not Errno.None)
            {
                return error;
            }

            content = ReadOn(file, wanted.offset);
        }
        else
        {
            if (wanted.offset == 0 || file.Content is null)
            {
                Refresh(file);
            }

            content = file.Content.GetValueOrDefault();
            content = wanted.offset >= (ulong)content.Length ? default : content[(int)wanted.offset..];
        }

        int length = (int)Math.Min((uint)Math.Min(content.Length, answer.Space), wanted.size);
        answer.Add(content.Span[..length]);
        if (file.Kind.IsGrowing)
        {
            file.ReadTo = Math.Max(file.ReadTo, file.Start + (long)Math.Min(wanted.offset, int.MaxValue) + length);
        }

        return Errno.None;
    }

    private Errno Release(in FuseRequest request)
    {
        ulong handle = request.Arguments<fuse_release_in>().fh;
        lock (_sync)
        {
            if (_open.Remove(handle, out OpenFile? file) && _newestOfNode.GetValueOrDefault(file.Node.Value) == file)
            {
                _ = _newestOfNode.Remove(file.Node.Value);
            }
        }

        return Errno.None;
    }

    /// <summary>Like a file of sysfs: always to be read and written, and with POLLPRI and POLLERR changed since it was read; <c>events</c> to be read only where there is more.</summary>
    private Errno Poll(in FuseRequest request, FuseAnswer answer)
    {
        fuse_poll_in wanted = request.Arguments<fuse_poll_in>();
        if (FindOpen(wanted.fh) is not OpenFile file)
        {
            return Errno.EBADF;
        }

        uint ready = FuseConstants.PollReadable | FuseConstants.PollWritable;
        if (IsGone(file))
        {
            ready |= FuseConstants.PollChanged;
        }
        else if (file.Kind.IsPolled)
        {
            lock (_sync)
            {
                if (file.Kind.IsGrowing && file.Folder!.Events.End <= Math.Max(file.ReadTo, file.Start))
                {
                    ready &= ~FuseConstants.PollReadable;
                }

                if (file.FolderVersion != file.Version)
                {
                    ready |= FuseConstants.PollChanged;
                }

                if ((wanted.flags & FuseConstants.PollScheduleNotify) != 0)
                {
                    file.PollHandle = wanted.kh;
                }
            }
        }

        answer.Add(new fuse_poll_out { revents = ready & (wanted.events | FuseConstants.PollChanged) });
        return Errno.None;
    }

    private OpenFile? FindOpen(ulong handle)
    {
        lock (_sync)
        {
            return _open.GetValueOrDefault(handle);
        }
    }

    /// <summary>Whether the folder of an open file was taken away.</summary>
    private bool IsGone(OpenFile file) => file.Folder is PartitionFolder folder && (folder.IsRemoved || FindFolder(folder.Name) != folder);

    private void Refresh(OpenFile file)
    {
        lock (_sync)
        {
            file.Version = file.FolderVersion;
        }

        if (file.Kind.IsGrowing)
        {
            file.Start = TextOf(file).Start;
        }
        else
        {
            file.Content = _contents.Make(file.Kind, file.Folder);
        }
    }

    private ReadOnlyMemory<byte> ReadOn(OpenFile file, ulong offset)
    {
        lock (_sync)
        {
            file.Version = file.FolderVersion;
        }

        if (offset == 0)
        {
            file.Start = TextOf(file).Start;
        }

        return offset > int.MaxValue ? default : TextOf(file).From(file.Start + (long)offset);
    }

    private static GrowingText TextOf(OpenFile file) => file.Log?.Text ?? file.Folder!.Events;

    /// <summary>What who opens the log reads: the same as who has just asked for its size.</summary>
    private LogFollower FollowLog(PartitionFolder folder)
    {
        lock (_sync)
        {
            return _latestLog is LogFollower latest && latest.Folder == folder && latest.IsYoungerThan(KeepLog) ? latest : _latestLog = new LogFollower(_partitions, folder, _options.Clock);
        }
    }

    private Errno Look(LogFollower log)
    {
        try
        {
            log.Look();
            return Errno.None;
        }
        catch (PartitionException refused)
        {
            return Fail(log.Folder, ErrnoOf.Refusal(refused), $"log: {OneLine(refused.Message)}");
        }
        catch (MachineException failed)
        {
            return Fail(log.Folder, ErrnoOf.Failure(failed), $"log: {OneLine(failed.Message)}");
        }
    }

    /// <summary>The size of the log: for who has it open, that grows.</summary>
    private ulong SizeOfLog(NodeId node, PartitionFolder folder)
    {
        OpenFile? open;
        lock (_sync)
        {
            open = _newestOfNode.GetValueOrDefault(node.Value);
        }

        LogFollower log = open?.Log ?? FollowLog(folder);
        if (!log.IsYoungerThan(open is null ? KeepLog : TimeSpan.Zero))
        {
            _ = Look(log);
        }

        return (ulong)(log.Text.End - (open?.Start ?? log.Text.Start));
    }
}
