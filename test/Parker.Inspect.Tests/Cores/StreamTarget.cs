using Parker.Inspect.Cores;

namespace Parker.Inspect.Tests.Cores;

/// <summary>Keeps a core in memory, and counts what was no hole.</summary>
internal sealed class StreamTarget : ICoreTarget
{
    public MemoryStream Stream { get; } = new();

    public int Written { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Stream.Write(bytes);
        Written += bytes.Length;
    }

    public void Skip(ulong length)
    {
        Stream.SetLength(Stream.Length + (long)length);
        Stream.Position = Stream.Length;
    }
}
