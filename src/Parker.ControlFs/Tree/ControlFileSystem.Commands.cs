using System.Globalization;
using System.Text;
using Parker.ControlFs.Protocol;
using Parker.ControlFs.Protocol.Structures;
using Parker.Machine;
using Parker.Partition;
using Parker.Runtime;

namespace Parker.ControlFs.Tree;

/// <content>What changes partitions: folders and writes.</content>
internal sealed partial class ControlFileSystem
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private Errno MakeFolder(in FuseRequest request, FuseAnswer answer)
    {
        if (request.Header.nodeid != NodeId.Root.Value)
        {
            return Errno.EPERM;
        }

        if (ControlFileKind.Find(ControlFileKind.Root, request.Name) is not null)
        {
            return Errno.EEXIST;
        }

        if (!TryReadName(request.Name, out PartitionName name))
        {
            _options.Log($"'{Encoding.UTF8.GetString(request.Name)}' is no partition name. Take small letters, digits and '-', at most {PartitionName.MaxLength}, beginning with a letter or digit.");
            return Errno.EINVAL;
        }

        if (FindFolder(name) is not null)
        {
            return Errno.EEXIST;
        }

        PartitionFolder folder;
        lock (_sync)
        {
            if (_byName.ContainsKey(name))
            {
                return Errno.EEXIST;
            }

            if (_byName.Values.Count(other => !other.WasDefined) >= MostDrafts)
            {
                return Errno.ENOSPC;
            }

            folder = AddFolder(name, new PartitionDraft { Name = name });
        }

        return AddNode(answer, new NodeId(folder.Serial, ControlFile.Folder), folder, isFixed: false);
    }

    private Errno RemoveFolder(in FuseRequest request)
    {
        if (request.Header.nodeid != NodeId.Root.Value)
        {
            return ControlFileKind.Find(ControlFileKind.Partition, request.Name) is null ? Errno.ENOENT : Errno.EPERM;
        }

        if (!TryReadName(request.Name, out PartitionName name) || FindFolder(name) is not PartitionFolder folder)
        {
            return ControlFileKind.Find(ControlFileKind.Root, request.Name) is null ? Errno.ENOENT : Errno.ENOTDIR;
        }

        _partitions.AskedBy(request.Header.uid, (int)request.Header.pid);
        lock (folder.Commands)
        {
            if (folder.IsRemoved)
            {
                return Errno.ENOENT;
            }

            Errno error = Errno.None;
            if (_partitions.TryGetState(name, out _))
            {
                error = Carry(folder, "rmdir", () => _partitions.Destroy(name));
            }

            if (error == Errno.None)
            {
                Forget(folder);
            }

            return error;
        }
    }

    private Errno Write(in FuseRequest request, FuseAnswer answer)
    {
        if (FindOpen(request.Arguments<fuse_write_in>().fh) is not OpenFile file)
        {
            return Errno.EBADF;
        }

        if (!file.Kind.IsWritable)
        {
            return Errno.EACCES;
        }

        if (!TryReadText(request.Data, out string text))
        {
            return Errno.EINVAL;
        }

        _partitions.AskedBy(request.Header.uid, (int)request.Header.pid);
        Errno error = file.Folder is PartitionFolder folder ? Command(file, folder, request.Arguments<fuse_write_in>().offset, text) : Plan(request.Arguments<fuse_write_in>().offset, text);
        if (error == Errno.None)
        {
            answer.Add(new fuse_write_out { size = request.Arguments<fuse_write_in>().size });
        }

        return error;
    }

    private Errno Command(OpenFile file, PartitionFolder folder, ulong offset, string text)
    {
        lock (folder.Commands)
        {
            if (IsGone(file))
            {
                return Errno.ENODEV;
            }

            // Of several lines, each may come for itself.
            string whole = file.Kind.File == ControlFile.Initrd && offset == (ulong)file.Written.Length ? file.Written + text : text;

            // echo and echo -n write the same.
            Errno error = Command(folder, file.Kind, whole.Trim());
            if (error == Errno.None)
            {
                file.Written = whole;
            }

            return error;
        }
    }

    /// <summary>Plans a configuration; what it is refused for stands where the plan would.</summary>
    private Errno Plan(ulong offset, string configuration)
    {
        if (offset != 0)
        {
            // What one write takes is longer than any configuration of people.
            return Errno.EFBIG;
        }

        try
        {
            _contents.Plan = Encoding.UTF8.GetBytes(_partitions.Plan(configuration));
            return Errno.None;
        }
        catch (PartitionException refused)
        {
            _contents.Plan = Encoding.UTF8.GetBytes(refused.Message + "\n");
            return ErrnoOf.Refusal(refused);
        }
        catch (MachineException failed)
        {
            _contents.Plan = Encoding.UTF8.GetBytes(failed.Message + "\n");
            return ErrnoOf.Failure(failed);
        }
    }

    private Errno Command(PartitionFolder folder, ControlFileKind kind, string text)
    {
        switch (kind.File)
        {
            case ControlFile.Online:
                return SetOnline(folder, text);
            case ControlFile.Cpus:
                return CpuSet.TryParse(text, CultureInfo.InvariantCulture, out CpuSet? cpus) && !cpus.IsEmpty
                    ? Set(folder, kind, draft => draft with { Cpus = cpus }, () => _partitions.SetCpus(folder.Name, cpus))
                    : Nonsense(folder, kind, text, "Write a cpulist: 8-11, or 8,10.");
            case ControlFile.CpusMax:
                return text.Length == 0 ? Update(folder, kind, draft => draft with { CpusMax = null })
                    : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int most) ? Update(folder, kind, draft => draft with { CpusMax = most })
                    : Nonsense(folder, kind, text, "Write how many CPUs it may have while it runs, or an empty line.");
            case ControlFile.Memory:
                return text.Length > 0
                    ? Set(folder, kind, draft => draft with { Memory = text }, () => _partitions.SetMemory(folder.Name, text))
                    : Nonsense(folder, kind, text, "Write 4G for any, or 2G@0x180000000 for these.");
            case ControlFile.MemoryMax:
                return Update(folder, kind, draft => draft with { MemoryMax = text });
            case ControlFile.Bind or ControlFile.Unbind:
                return PciAddress.TryParse(text, CultureInfo.InvariantCulture, out PciAddress device)
                    ? kind.File == ControlFile.Bind ? Bind(folder, kind, device) : Unbind(folder, kind, device)
                    : Nonsense(folder, kind, text, "Write a PCI address as lspci -D does: 0000:81:00.0.");
            case ControlFile.Kernel:
                return IsPath(text)
                    ? Update(folder, kind, draft => draft with { Kernel = text })
                    : Nonsense(folder, kind, text, "Write the whole path of a kernel, from / on.");
            case ControlFile.Initrd:
                string[] paths = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                return paths.All(IsPath)
                    ? Update(folder, kind, draft => draft with { Initrd = paths })
                    : Nonsense(folder, kind, text, "Write whole paths, from / on, a line each.");
            case ControlFile.Restart:
                return RestartPolicyText.TryRead(text) is RestartPolicy restart
                    ? SetRestart(folder, restart)
                    : Nonsense(folder, kind, text, $"Write one of {string.Join(", ", RestartPolicyText.All)}.");
            default:
                return text.Contains('\n', StringComparison.Ordinal)
                    ? Nonsense(folder, kind, text, "Write one line.")
                    : Update(folder, kind, draft => draft with { CommandLine = text });
        }
    }

    private Errno SetOnline(PartitionFolder folder, string text)
    {
        if (text is not ("0" or "1"))
        {
            return Nonsense(folder, ControlFileKind.Find(ControlFile.Online)!, text, "Write 1 to start, 0 to stop.");
        }

        if (_partitions.TryGetState(folder.Name, out _))
        {
            return Carry(folder, "online", () =>
            {
                if (text == "1")
                {
                    _partitions.Start(folder.Name);
                }
                else
                {
                    _partitions.Stop(folder.Name);
                }
            });
        }

        return text == "0" ? Errno.None : Fail(folder, Errno.EINVAL, $"It cannot be started: {string.Join(", ", folder.Draft!.Missing)} must be written first.");
    }

    /// <summary>Where a kernel runs, what it has comes and goes; else it is part of what is wanted.</summary>
    private Errno Set(PartitionFolder folder, ControlFileKind kind, Func<PartitionDraft, PartitionDraft> change, Action set)
    {
        if (!_partitions.TryGetState(folder.Name, out PartitionState state) || !ContentMaker.IsOnline(state))
        {
            return Update(folder, kind, change);
        }

        Errno error = Carry(folder, kind.Name, set);
        folder.ChangedAt = _options.Clock.GetUtcNow();
        return error;
    }

    /// <summary>Says when it is started again, at any time; a draft keeps it until it is defined.</summary>
    private Errno SetRestart(PartitionFolder folder, RestartPolicy restart)
    {
        Errno error = _partitions.TryGetState(folder.Name, out _) ? Carry(folder, "restart", () => _partitions.SetRestart(folder.Name, restart)) : Errno.None;
        if (error == Errno.None && folder.Draft is PartitionDraft draft)
        {
            folder.Draft = draft with { Restart = restart };
        }

        return error;
    }

    private Errno Bind(PartitionFolder folder, ControlFileKind kind, PciAddress device) =>
        DevicesOf(folder).Contains(device)
            ? Fail(folder, Errno.EBUSY, $"{device} belongs to this partition already.")
            : Update(folder, kind, draft => draft with { Devices = [.. draft.Devices, device] });

    // A device takes all on its bus along, both ways.
    private Errno Unbind(PartitionFolder folder, ControlFileKind kind, PciAddress device)
    {
        if (!DevicesOf(folder).Contains(device))
        {
            return Fail(folder, Errno.ENODEV, $"{device} does not belong to this partition.");
        }

        IReadOnlyList<PciAddress> together =
            _partitions.Find(folder.Name)?.Plan.Buses.FirstOrDefault(bus => bus.Functions.Contains(device))?.Functions ?? [device];
        return Update(folder, kind, draft => draft with { Devices = [.. draft.Devices.Except(together)] });
    }

    /// <summary>Changes what is wanted: where that is complete the partition is defined, else it is checked as far as it goes.</summary>
    private Errno Update(PartitionFolder folder, ControlFileKind kind, Func<PartitionDraft, PartitionDraft> change)
    {
        ControlledPartition? partition = _partitions.Find(folder.Name);
        PartitionDraft draft = partition is null ? folder.Draft ?? new PartitionDraft { Name = folder.Name }
            : ReferenceEquals(partition.Plan, folder.PlanOfDraft) ? folder.Draft! with { Restart = partition.Restart }
            : PartitionDraft.Of(partition);
        draft = change(draft);
        Errno error = Carry(folder, kind.Name, () =>
        {
            if (draft.IsComplete)
            {
                _partitions.Define(draft);
            }
            else
            {
                _partitions.Check(draft);
            }
        });
        if (error == Errno.None)
        {
            folder.Draft = draft;
            folder.PlanOfDraft = _partitions.Find(folder.Name)?.Plan;
            folder.WasDefined |= folder.PlanOfDraft is not null;
            folder.ChangedAt = _options.Clock.GetUtcNow();
        }

        return error;
    }

    /// <summary>Carries a command out; what it is refused for, or fails by, becomes the folder's last error.</summary>
    private Errno Carry(PartitionFolder folder, string command, Action act)
    {
        try
        {
            act();
            folder.LastError = "";
            return Errno.None;
        }
        catch (PartitionException refused)
        {
            return Fail(folder, ErrnoOf.Refusal(refused), $"{command}: {OneLine(refused.Message)}");
        }
        catch (MachineException failed)
        {
            return Fail(folder, ErrnoOf.Failure(failed), $"{command}: {OneLine(failed.Message)}");
        }
        catch (IOException failed)
        {
            return Fail(folder, Errno.EIO, $"{command}: {OneLine(failed.Message)}");
        }
    }

    private Errno Nonsense(PartitionFolder folder, ControlFileKind kind, string text, string remedy) =>
        Fail(folder, Errno.EINVAL, $"{kind.Name}: '{OneLine(text)}' is not what this file takes. {remedy}");

    private Errno Fail(PartitionFolder folder, Errno error, string sentence)
    {
        folder.LastError = sentence;
        _options.Log($"Partition {folder.Name}: {sentence} ({error})");
        return error;
    }

    private static bool IsPath(string text) => text.StartsWith('/') && !text.Contains('\n', StringComparison.Ordinal);

    /// <summary>What was written as text.</summary>
    private static bool TryReadText(ReadOnlySpan<byte> data, out string text)
    {
        try
        {
            text = Strict.GetString(data);
            return !text.Contains('\0', StringComparison.Ordinal);
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }
}
