using Parker.Linux.Interop;

namespace Parker.Linux.Sources;

/// <summary>Reads the time stamp counter of the CPU that the thread runs on.</summary>
/// <remarks>.NET has no intrinsic for RDTSC, so five instructions of machine code stand in a page of their own.</remarks>
internal sealed unsafe class TimeStampCounter : IDisposable
{
    private readonly MappedMemory _code;
    private readonly delegate* unmanaged<ulong> _read;

    /// <summary>Prepares the code.</summary>
    /// <exception cref="KernelException">The kernel allows this process no new executable page.</exception>
    public TimeStampCounter()
    {
        ReadOnlySpan<byte> code =
        [
            0x0f, 0xae, 0xe8, // lfence: nothing before may still be running
            0x0f, 0x31, // rdtsc: edx:eax
            0x48, 0xc1, 0xe2, 0x20, // shl rdx, 32
            0x48, 0x09, 0xd0, // or rax, rdx
            0xc3, // ret
        ];
        _code = MappedMemory.OfCode(code);
        _read = (delegate* unmanaged<ulong>)_code.DangerousGetHandle();
    }

    /// <summary>The counter.</summary>
    public ulong Read()
    {
        ObjectDisposedException.ThrowIf(_code.IsClosed, this);

        // SAFETY: the page holds the code above, which follows the System V calling convention, touches no memory and only registers that a callee may change; it is
        // mapped until Dispose, and this object is used by one thread.
        ulong value = _read();
        GC.KeepAlive(_code);
        return value;
    }

    /// <inheritdoc/>
    public void Dispose() => _code.Dispose();
}
