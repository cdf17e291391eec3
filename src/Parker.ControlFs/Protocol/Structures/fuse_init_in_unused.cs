using System.Runtime.CompilerServices;

namespace Parker.ControlFs.Protocol.Structures;

// The kernel's names stay as linux/fuse.h has them.
#pragma warning disable IDE1006, CA1707, CS8981

/// <summary>Words that linux/fuse.h keeps for later.</summary>
[InlineArray(11)]
internal struct fuse_init_in_unused
{
    private uint _word;
}
