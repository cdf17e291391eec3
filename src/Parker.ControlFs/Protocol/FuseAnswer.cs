using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Parker.ControlFs.Protocol.Structures;

namespace Parker.ControlFs.Protocol;

/// <summary>Composes one answer at a time in a buffer of its own.</summary>
/// <param name="capacity">The most bytes behind the head.</param>
internal sealed class FuseAnswer(int capacity)
{
    private static readonly int HeadSize = Unsafe.SizeOf<fuse_out_header>();

    private readonly byte[] _buffer = new byte[Unsafe.SizeOf<fuse_out_header>() + capacity];
    private int _length = Unsafe.SizeOf<fuse_out_header>();

    /// <summary>The bytes that still fit.</summary>
    public int Space => _buffer.Length - _length;

    /// <summary>Begins the next answer.</summary>
    public void Clear() => _length = HeadSize;

    /// <summary>Appends a structure.</summary>
    public void Add<T>(in T structure)
        where T : unmanaged
    {
        MemoryMarshal.Write(_buffer.AsSpan(_length), in structure);
        _length += Unsafe.SizeOf<T>();
    }

    /// <summary>Appends bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Appends an entry of a folder, where it fits.</summary>
    /// <param name="limit">The most bytes of all entries.</param>
    /// <param name="node">Its node.</param>
    /// <param name="next">Where a later READDIR goes on behind it.</param>
    /// <param name="mode">Its mode, whose upper four bits are its type.</param>
    /// <param name="name">Its name.</param>
    /// <returns>Whether it fitted.</returns>
    public bool TryAddEntry(uint limit, ulong node, ulong next, uint mode, ReadOnlySpan<byte> name)
    {
        int size = (Unsafe.SizeOf<fuse_dirent>() + name.Length + 7) & ~7;
        if (size > Space || _length - HeadSize + size > limit)
        {
            return false;
        }

        int start = _length;
        Add(new fuse_dirent { ino = node, off = next, namelen = (uint)name.Length, type = mode >> 12 });
        Add(name);
        _buffer.AsSpan(_length, start + size - _length).Clear();
        _length = start + size;
        return true;
    }

    /// <summary>The whole answer to a request.</summary>
    /// <param name="unique">The request's number.</param>
    /// <param name="error">An error, with which nothing else is sent.</param>
    public ReadOnlySpan<byte> Finish(ulong unique, Errno error)
    {
        if (error != Errno.None)
        {
            Clear();
        }

        Debug.Assert(_length <= _buffer.Length, "The answer fits its buffer.");
        MemoryMarshal.Write(_buffer, new fuse_out_header { len = (uint)_length, error = -(int)error, unique = unique });
        return _buffer.AsSpan(0, _length);
    }
}
