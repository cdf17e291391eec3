namespace Parker.Inspect.Cores;

/// <summary>Takes an ELF core from its beginning to its end.</summary>
public interface ICoreTarget
{
    /// <summary>The bytes that come next.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>So many zero bytes come next.</summary>
    void Skip(ulong length);
}
