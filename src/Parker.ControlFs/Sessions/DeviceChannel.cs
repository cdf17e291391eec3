using Parker.Linux.Fuse;

namespace Parker.ControlFs.Sessions;

/// <summary>The kernel behind a mount.</summary>
/// <param name="mount">The mount.</param>
internal sealed class DeviceChannel(FuseMount mount) : IFuseChannel
{
    /// <inheritdoc/>
    public int Read(Span<byte> buffer) => mount.Read(buffer);

    /// <inheritdoc/>
    public bool Write(ReadOnlySpan<byte> message) => mount.Write(message);
}
