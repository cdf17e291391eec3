using Parker.Inspect.Cores;
using ZstdSharp;

namespace Parker.Daemon.Inspection;

/// <summary>Compresses a core.</summary>
internal sealed class ZstdTarget : ICoreTarget, IDisposable
{
    // The level at which it costs least beside reading; most of the gain is in zero pages and text anyway.
    private const int Level = 1;

    private static readonly byte[] Zeros = new byte[64 << 10];

    private readonly CompressionStream _packed;

    /// <summary>Compresses to <paramref name="file"/>, which it leaves open.</summary>
    public ZstdTarget(Stream file) => _packed = new CompressionStream(file, Level, leaveOpen: true);

    /// <summary>The bytes that were no zero pages.</summary>
    public ulong Data { get; private set; }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _packed.Write(bytes);
        Data += (ulong)bytes.Length;
    }

    /// <inheritdoc/>
    public void Skip(ulong length)
    {
        for (; length > 0; length -= Math.Min(length, (ulong)Zeros.Length))
        {
            _packed.Write(Zeros, 0, (int)Math.Min(length, (ulong)Zeros.Length));
        }
    }

    /// <summary>Writes the end.</summary>
    public void Dispose() => _packed.Dispose();
}
