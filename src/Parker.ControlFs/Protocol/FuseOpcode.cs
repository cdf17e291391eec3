namespace Parker.ControlFs.Protocol;

/// <summary>What a request asks for: <c>enum fuse_opcode</c> of linux/fuse.h, as far as it is answered with more than ENOSYS. Any other value is legal.</summary>
internal enum FuseOpcode : uint
{
    Lookup = 1,
    Forget = 2,
    Getattr = 3,
    Setattr = 4,
    Readlink = 5,
    Symlink = 6,
    Mknod = 8,
    Mkdir = 9,
    Unlink = 10,
    Rmdir = 11,
    Rename = 12,
    Link = 13,
    Open = 14,
    Read = 15,
    Write = 16,
    Statfs = 17,
    Release = 18,
    Fsync = 20,
    Init = 26,
    Opendir = 27,
    Readdir = 28,
    Releasedir = 29,
    Create = 35,
    Interrupt = 36,
    Destroy = 38,
    Poll = 40,
    BatchForget = 42,
    Rename2 = 45,
}
