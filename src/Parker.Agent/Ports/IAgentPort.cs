namespace Parker.Agent.Ports;

/// <summary>A stream of bytes whose other end comes and goes.</summary>
internal interface IAgentPort
{
    /// <summary>Waits for bytes; 0 when nobody is at the other end.</summary>
    int Read(Span<byte> buffer);

    /// <summary>Writes all bytes; while nobody is at the other end it may wait for somebody.</summary>
    /// <exception cref="IOException">The port is gone.</exception>
    void Write(ReadOnlySpan<byte> bytes);
}
