using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Watching;

/// <summary>Looks again and again at the header page of one boot, through one mapping.</summary>
/// <param name="memory">Maps the page; closed with this.</param>
/// <param name="headerPage">Its address, host-physical.</param>
/// <param name="bootId">The boot that it belongs to.</param>
internal sealed class HeaderWatch(IMappedMemory memory, PhysicalAddress headerPage, Guid bootId) : IDisposable
{
    /// <summary>The boot that it belongs to.</summary>
    public Guid BootId => bootId;

    /// <summary>What was seen of its heartbeat; null before the first look.</summary>
    public HeartbeatSighting? Sighting { get; private set; }

    /// <summary>Looks.</summary>
    /// <param name="now">The time.</param>
    public HeaderObservation Look(DateTimeOffset now)
    {
        HeaderObservation observation = HeaderObservation.Read(memory, headerPage);
        Sighting = HeartbeatSighting.Next(Sighting, bootId, observation.Heartbeat, now);
        return observation;
    }

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();
}
