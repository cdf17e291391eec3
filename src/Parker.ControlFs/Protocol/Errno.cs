namespace Parker.ControlFs.Protocol;

// The kernel's names stay as errno.h has them.
#pragma warning disable CA1707

/// <summary>What a request can be answered with instead of what it asked for: error numbers of Linux on x86.</summary>
internal enum Errno
{
    None = 0,
    EPERM = 1,
    ENOENT = 2,
    EINTR = 4,
    EIO = 5,
    EBADF = 9,
    ENOMEM = 12,
    EACCES = 13,
    EBUSY = 16,
    EEXIST = 17,
    ENODEV = 19,
    ENOTDIR = 20,
    EISDIR = 21,
    EINVAL = 22,
    EFBIG = 27,
    ENOSPC = 28,
    ENAMETOOLONG = 36,
    ENOSYS = 38,
    EPROTO = 71,
    EOPNOTSUPP = 95,
    ETIMEDOUT = 110,
    ESTALE = 116,
}
