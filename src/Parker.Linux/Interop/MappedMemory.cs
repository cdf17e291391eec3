using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Parker.Linux.Interop;

/// <summary>A mapping of this process, unmapped when it is disposed.</summary>
internal sealed class MappedMemory : SafeHandle
{
    private readonly nuint _length;

    private MappedMemory(nint address, nuint length)
        : base(MemoryCalls.MAP_FAILED, ownsHandle: true)
    {
        _length = length;
        SetHandle(address);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == MemoryCalls.MAP_FAILED;

    /// <summary>Maps a file.</summary>
    /// <exception cref="KernelException">The kernel refuses it.</exception>
    public static MappedMemory OfFile(SafeFileHandle file, string path, nuint length, int protection, long offset = 0)
    {
        nint address = MemoryCalls.Map(0, length, protection, MemoryCalls.MAP_SHARED, file, offset);
        if (address == MemoryCalls.MAP_FAILED)
        {
            KernelException.ThrowLast("mmap", path);
        }

        return new MappedMemory(address, length);
    }

    /// <summary>Maps a page that holds <paramref name="code"/> and can be executed and not written.</summary>
    /// <exception cref="KernelException">The kernel refuses it, as SELinux can.</exception>
    public static unsafe MappedMemory OfCode(ReadOnlySpan<byte> code)
    {
        nuint length = (nuint)Environment.SystemPageSize;
        ArgumentOutOfRangeException.ThrowIfGreaterThan((nuint)code.Length, length, nameof(code));
        nint address = MemoryCalls.MapAnonymous(
            0, length, MemoryCalls.PROT_READ | MemoryCalls.PROT_WRITE, MemoryCalls.MAP_PRIVATE | MemoryCalls.MAP_ANONYMOUS, -1, 0);
        if (address == MemoryCalls.MAP_FAILED)
        {
            KernelException.ThrowLast("mmap");
        }

        MappedMemory memory = new(address, length);

        // SAFETY: the page was mapped writable just now, code fits it, and nobody else knows its address yet.
        code.CopyTo(new Span<byte>((void*)address, code.Length));
        if (MemoryCalls.Protect(address, length, MemoryCalls.PROT_READ | MemoryCalls.PROT_EXEC) < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            memory.Dispose();
            Marshal.SetLastPInvokeError(errno);
            KernelException.ThrowLast("mprotect");
        }

        return memory;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => MemoryCalls.Unmap(handle, _length) == 0;
}
