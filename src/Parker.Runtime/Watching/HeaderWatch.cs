using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Watching;

/// <summary>Looks again and again at the header page of one boot, through one mapping.</summary>
/// <param name="memory">Maps the page; closed with this.</param>
/// <param name="headerPage">Its address, host-physical.</param>
/// <param name="bootId">The boot that it belongs to.</param>
internal sealed class HeaderWatch(IMappedMemory memory, PhysicalAddress headerPage, Guid bootId) : IDisposable
{
    // The constant part when it was compared last and nothing differed: later looks compare with that.
    private byte[]? _proven;

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

    /// <summary>What of the page's constant part is not as the journal says; null where all is.</summary>
    /// <param name="partition">What the journal says.</param>
    public string? FindDifference(PartitionRecord partition)
    {
        if (_proven is not null && memory.Matches(headerPage, _proven))
        {
            return null;
        }

        byte[] page = new byte[HeaderProof.Length];
        if (!memory.TryRead(headerPage, page))
        {
            return "it cannot be read";
        }

        string? difference = HeaderProof.FindDifference(page, partition);
        _proven = difference is null ? page : null;
        return difference;
    }

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();
}
