namespace Parker.ControlFs.Protocol;

/// <summary>Numbers of linux/fuse.h, poll.h, fcntl.h and sys/stat.h.</summary>
internal static class FuseConstants
{
    /// <summary>FUSE_KERNEL_VERSION.</summary>
    public const uint Major = 7;

    /// <summary>The oldest minor version that is spoken: Linux 5.2.</summary>
    public const uint OldestMinor = 31;

    /// <summary>The newest minor version whose structures are mirrored here.</summary>
    public const uint NewestMinor = 38;

    /// <summary>FUSE_ROOT_ID.</summary>
    public const ulong RootId = 1;

    /// <summary>FUSE_MIN_READ_BUFFER.</summary>
    public const int MinReadBuffer = 8192;

    /// <summary>FUSE_ATOMIC_O_TRUNC.</summary>
    public const uint InitAtomicTruncate = 1 << 3;

    /// <summary>FUSE_BIG_WRITES.</summary>
    public const uint InitBigWrites = 1 << 5;

    /// <summary>FUSE_PARALLEL_DIROPS.</summary>
    public const uint InitParallelFolders = 1 << 18;

    /// <summary>FUSE_ABORT_ERROR.</summary>
    public const uint InitAbortError = 1 << 21;

    /// <summary>FUSE_MAX_PAGES.</summary>
    public const uint InitMaxPages = 1 << 22;

    /// <summary>FUSE_NO_OPENDIR_SUPPORT.</summary>
    public const uint InitNoOpendir = 1 << 24;

    /// <summary>FOPEN_DIRECT_IO.</summary>
    public const uint OpenDirectIo = 1 << 0;

    /// <summary>FOPEN_NOFLUSH.</summary>
    public const uint OpenNoFlush = 1 << 5;

    /// <summary>FUSE_POLL_SCHEDULE_NOTIFY.</summary>
    public const uint PollScheduleNotify = 1 << 0;

    /// <summary>FUSE_NOTIFY_POLL.</summary>
    public const int NotifyPoll = 1;

    /// <summary>FATTR_MODE.</summary>
    public const uint SetMode = 1 << 0;

    /// <summary>FATTR_UID.</summary>
    public const uint SetUser = 1 << 1;

    /// <summary>FATTR_GID.</summary>
    public const uint SetGroup = 1 << 2;

    /// <summary>O_ACCMODE.</summary>
    public const uint AccessMask = 3;

    /// <summary>O_RDONLY.</summary>
    public const uint ReadOnly = 0;

    /// <summary>S_IFDIR.</summary>
    public const uint FolderMode = 0x4000;

    /// <summary>S_IFREG.</summary>
    public const uint FileMode = 0x8000;

    /// <summary>S_IFLNK.</summary>
    public const uint LinkMode = 0xa000;

    /// <summary>POLLIN | POLLRDNORM.</summary>
    public const uint PollReadable = 0x41;

    /// <summary>POLLOUT | POLLWRNORM.</summary>
    public const uint PollWritable = 0x104;

    /// <summary>POLLPRI | POLLERR: how a file of sysfs says that its value has changed.</summary>
    public const uint PollChanged = 0x0a;
}
