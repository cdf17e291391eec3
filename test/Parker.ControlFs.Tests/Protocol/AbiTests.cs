using System.Reflection;
using System.Runtime.CompilerServices;
using Parker.ControlFs.Protocol;
using Parker.ControlFs.Protocol.Structures;
using Parker.Headers;

namespace Parker.ControlFs.Tests.Protocol;

/// <summary>Holds every mirrored structure and constant against the kernel's own header, with the C compiler as the judge.</summary>
public sealed class AbiTests
{
    [Fact]
    public void Mirrors_of_the_protocol_agree_with_the_kernels_header()
    {
        HeaderOracle oracle = new("errno.h", "fcntl.h", "poll.h", "sys/stat.h", "linux/fuse.h");
        foreach (Type type in typeof(fuse_in_header).Assembly.GetTypes().Where(type => type.IsValueType && type.Namespace == typeof(fuse_in_header).Namespace))
        {
            if (type.GetCustomAttribute<InlineArrayAttribute>() is null)
            {
                oracle.Structure(type);
            }
        }

        foreach (Errno errno in Enum.GetValues<Errno>().Where(errno => errno != Errno.None))
        {
            oracle.Equal(errno.ToString(), (int)errno);
        }

        foreach (FuseOpcode opcode in Enum.GetValues<FuseOpcode>())
        {
            oracle.Equal("FUSE_" + (opcode == FuseOpcode.BatchForget ? "BATCH_FORGET" : opcode.ToString().ToUpperInvariant()), (long)opcode);
        }

        oracle.Equal("FUSE_KERNEL_VERSION", FuseConstants.Major);
        oracle.Equal("FUSE_ROOT_ID", (long)FuseConstants.RootId);
        oracle.Equal("FUSE_MIN_READ_BUFFER", FuseConstants.MinReadBuffer);
        oracle.Equal("FUSE_ATOMIC_O_TRUNC", FuseConstants.InitAtomicTruncate);
        oracle.Equal("FUSE_BIG_WRITES", FuseConstants.InitBigWrites);
        oracle.Equal("FUSE_PARALLEL_DIROPS", FuseConstants.InitParallelFolders);
        oracle.Equal("FUSE_ABORT_ERROR", FuseConstants.InitAbortError);
        oracle.Equal("FUSE_MAX_PAGES", FuseConstants.InitMaxPages);
        oracle.Equal("FUSE_NO_OPENDIR_SUPPORT", FuseConstants.InitNoOpendir);
        oracle.Equal("FOPEN_DIRECT_IO", FuseConstants.OpenDirectIo);
        oracle.Equal("FOPEN_NOFLUSH", FuseConstants.OpenNoFlush);
        oracle.Equal("FUSE_POLL_SCHEDULE_NOTIFY", FuseConstants.PollScheduleNotify);
        oracle.Equal("FUSE_NOTIFY_POLL", FuseConstants.NotifyPoll);
        oracle.Equal("FATTR_MODE", FuseConstants.SetMode);
        oracle.Equal("FATTR_UID", FuseConstants.SetUser);
        oracle.Equal("FATTR_GID", FuseConstants.SetGroup);
        oracle.Equal("O_ACCMODE", FuseConstants.AccessMask);
        oracle.Equal("O_RDONLY", FuseConstants.ReadOnly);
        oracle.Equal("S_IFDIR", FuseConstants.FolderMode);
        oracle.Equal("S_IFREG", FuseConstants.FileMode);
        oracle.Equal("S_IFLNK", FuseConstants.LinkMode);
        oracle.Equal("POLLIN | POLLRDNORM", FuseConstants.PollReadable);
        oracle.Equal("POLLOUT | POLLWRNORM", FuseConstants.PollWritable);
        oracle.Equal("POLLPRI | POLLERR", FuseConstants.PollChanged);
        oracle.Check();
    }
}
