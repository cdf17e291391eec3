using System.Runtime.InteropServices;

namespace Parker.ControlFs.Protocol.Structures;

// The kernel's names stay as linux/fuse.h has them.
#pragma warning disable IDE1006, CA1707, CS8981

/// <summary>The head of every request.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct fuse_in_header
{
    public uint len;
    public uint opcode;
    public ulong unique;
    public ulong nodeid;
    public uint uid;
    public uint gid;
    public uint pid;

    // From 7.38 on its low half tells the length of extensions, which come behind what is read here and are not asked for.
    private readonly uint _extensions;
}
