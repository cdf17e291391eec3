using System.Globalization;
using Microsoft.Extensions.Logging;
using Parker.Api.Events;
using Parker.ControlFs;
using Parker.ControlFs.Tree;
using Parker.Daemon.Events;
using Parker.Daemon.Partitions;
using Parker.Linux;
using Parker.Linux.Files;
using Parker.Partition;

namespace Parker.Daemon.ControlFiles;

/// <summary>The control file system as a door of the daemon: mounted, and told of what happens.</summary>
public sealed partial class ControlFileDoor : IDisposable
{
    private readonly EventLog _events;
    private readonly ControlFsMount _mount;
    private readonly Lock _sync = new();

    // What comes while what came before is told; null afterwards.
    private Queue<EventDocument>? _later = new();

    private ControlFileDoor(EventLog events, ControlFsMount mount)
    {
        _events = events;
        _mount = mount;
        TellLatest(events.Follow(Add));
        while (TakeLater() is EventDocument[] { Length: > 0 } later)
        {
            TellLatest(later);
        }
    }

    /// <summary>Mounts it and begins to serve; what a daemon that was killed left mounted there is taken away first.</summary>
    /// <param name="service">The partitions.</param>
    /// <param name="place">Where.</param>
    /// <param name="texts">Makes listings.</param>
    /// <param name="logger">Takes what was refused, and why it is not mounted.</param>
    /// <returns>Null where the Boot Kernel does not let it be mounted; the daemon has other doors.</returns>
    public static ControlFileDoor? TryMount(PartitionService service, ControlFilePlace place, ControlFileTexts texts, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(place);
        uint? group = place.Group is null ? null : FileGroup.Find(place.Group);
        if (place.Group is not null && group is null)
        {
            LogNoGroup(logger, place.Path, place.Group);
        }

        try
        {
            ControlFsOptions options = new() { Path = place.Path, GroupId = group, Log = sentence => LogRefused(logger, sentence) };
            return new ControlFileDoor(service.Events, ControlFsMount.Mount(new ControlledPartitions(service, texts, options.Log), options));
        }
        catch (Exception failure) when (failure is KernelException or IOException or UnauthorizedAccessException)
        {
            LogNotMounted(logger, place.Path, failure.Message);
            return null;
        }
    }

    /// <summary>Unmounts; commands that were begun have time to end.</summary>
    public void Dispose()
    {
        _events.Leave(Add);
        _mount.Dispose();
    }

    private void Add(EventDocument one, Requester? requester)
    {
        lock (_sync)
        {
            if (_later is not null)
            {
                _later.Enqueue(one);
                return;
            }
        }

        Tell(one);
    }

    /// <summary>What came meanwhile; when that is nothing, what comes is told at once from then on.</summary>
    private EventDocument[] TakeLater()
    {
        lock (_sync)
        {
            EventDocument[] later = [.. _later!];
            _later = later.Length > 0 ? new Queue<EventDocument>() : null;
            return later;
        }
    }

    /// <summary>Tells what happened to the partitions of today: what others of their names did is theirs.</summary>
    private void TellLatest(IReadOnlyList<EventDocument> events)
    {
        Dictionary<string, long> removed = new(StringComparer.Ordinal);
        foreach (EventDocument one in events)
        {
            if (one.Kind == "removed")
            {
                removed[one.Partition] = one.Id;
            }
        }

        foreach (EventDocument one in events)
        {
            if (!removed.TryGetValue(one.Partition, out long last) || one.Id > last)
            {
                Tell(one);
            }
        }
    }

    private void Tell(EventDocument one)
    {
        string who = one.Uid is uint uid ? string.Create(CultureInfo.InvariantCulture, $" (uid {uid})") : "";
        _mount.Changed(PartitionName.Parse(one.Partition), one.Time, $"{one.Kind}: {one.Text}{who}", one.State is not null || one.Kind is "defined" or "removed");
    }

    [LoggerMessage(40, LogLevel.Information, "control files: {Sentence}")]
    private static partial void LogRefused(ILogger logger, string sentence);

    [LoggerMessage(41, LogLevel.Warning, "the control file system is not mounted on {Path}: {Reason}")]
    private static partial void LogNotMounted(ILogger logger, string path, string reason);

    [LoggerMessage(42, LogLevel.Warning, "the control file system on {Path} is for root alone: there is no group '{Group}'")]
    private static partial void LogNoGroup(ILogger logger, string path, string group);
}
