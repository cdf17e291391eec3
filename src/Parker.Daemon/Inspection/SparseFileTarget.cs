using Microsoft.Win32.SafeHandles;
using Parker.Inspect.Cores;

namespace Parker.Daemon.Inspection;

/// <summary>Writes a core to an empty file; zero bytes become holes.</summary>
/// <param name="file">The file; stays the caller's.</param>
internal sealed class SparseFileTarget(SafeFileHandle file) : ICoreTarget
{
    private ulong _length;

    /// <summary>The bytes that were written.</summary>
    public ulong Data { get; private set; }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(file, bytes, checked((long)_length));
        _length += (ulong)bytes.Length;
        Data += (ulong)bytes.Length;
    }

    /// <inheritdoc/>
    public void Skip(ulong length) => _length += length;

    /// <summary>Gives the file its whole length, and waits until it lies on the disk.</summary>
    public void Finish()
    {
        RandomAccess.SetLength(file, checked((long)_length));
        RandomAccess.FlushToDisk(file);
    }
}
