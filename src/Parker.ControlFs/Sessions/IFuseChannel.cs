namespace Parker.ControlFs.Sessions;

/// <summary>How requests come and answers go: the opened /dev/fuse of a mount.</summary>
public interface IFuseChannel
{
    /// <summary>Waits for one request.</summary>
    /// <param name="buffer">Takes it.</param>
    /// <returns>Its length; 0 when the file system is no longer mounted.</returns>
    int Read(Span<byte> buffer);

    /// <summary>Sends one answer or notification as a whole. May be called by several threads at once.</summary>
    /// <param name="message">Its bytes.</param>
    /// <returns>Whether it was taken; not where nobody waits for it any more.</returns>
    bool Write(ReadOnlySpan<byte> message);
}
