using Parker.ControlFs.Sessions;
using Parker.ControlFs.Tree;
using Parker.Linux;
using Parker.Linux.Fuse;
using Parker.Partition;

namespace Parker.ControlFs;

/// <summary>The mounted control file system. Needs root.</summary>
public sealed class ControlFsMount : IDisposable
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    // As long as the API's.
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(30);

    private readonly FuseMount _mount;
    private readonly ControlFileSystem _files;
    private readonly FuseSession _session;
    private readonly Thread _thread;
    private volatile bool _ends;

    private ControlFsMount(FuseMount mount, ControlFileSystem files, FuseSession session, Action<string> log)
    {
        _mount = mount;
        _files = files;
        _session = session;
        _thread = new Thread(() => Serve(session, log)) { IsBackground = true, Name = "control file system" };
        _thread.Start();
    }

    /// <summary>The number of files that are open.</summary>
    public int OpenFiles => _files.OpenFiles;

    /// <summary>Mounts it and begins to serve it. What a process that died left mounted there is taken away first.</summary>
    /// <param name="partitions">What it shows and drives.</param>
    /// <param name="options">How.</param>
    /// <exception cref="KernelException">The Boot Kernel refuses it.</exception>
    public static ControlFsMount Mount(IControlledPartitions partitions, ControlFsOptions options)
    {
        ArgumentNullException.ThrowIfNull(partitions);
        ArgumentNullException.ThrowIfNull(options);
        FuseMount mount = FuseMount.Mount(Path.GetFullPath(options.Path), "parker", options.GroupId is not null);
        ControlFileSystem files = new(partitions, options);
        FuseSession session = new(new DeviceChannel(mount), files, fault => options.Log($"A fault of the control file system: {fault}"));
        files.NotifyPoll = session.NotifyPoll;
        return new ControlFsMount(mount, files, session, options.Log);
    }

    /// <summary>Tells of a partition that has changed, so that who polls its files wakes. May be called with locks held that partitions need.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="time">When.</param>
    /// <param name="what">What happened, in a line.</param>
    /// <param name="isState">Whether its state is another one now, or may be.</param>
    public void Changed(PartitionName name, DateTimeOffset time, string what, bool isState) => _files.Changed(name, time, what, isState);

    /// <summary>Unmounts, also where files are open: their readers get an error. A command that was begun has time to end.</summary>
    public void Dispose()
    {
        _ends = true;
        _mount.Unmount();
        if (_thread.Join(EndTimeout) & _session.AwaitCommands(CommandTimeout))
        {
            // Else the device goes with the process: the threads that go on still answer.
            _mount.Dispose();
        }
    }

    private void Serve(FuseSession session, Action<string> log)
    {
        try
        {
            session.Run();
            if (!_ends)
            {
                log("Somebody has unmounted the control file system. The next daemon mounts it again.");
            }
        }
        catch (KernelException failure)
        {
            log($"The control file system has ended: {failure.Message}");
        }
    }
}
