using Parker.Daemon.State;
using Parker.Partition;
using Parker.Runtime;
using Parker.Runtime.Watching;

namespace Parker.Daemon.Partitions;

/// <summary>Looks at partitions until it is known whether their heartbeats move: a state line must not rest on what an earlier command saw.</summary>
/// <param name="runtime">Reads header pages.</param>
/// <param name="machine">Gives clock and waits.</param>
/// <param name="file">What earlier commands saw.</param>
/// <param name="mayWrite">Whether this process holds the lock, so that changed states are journaled.</param>
internal sealed class HeartbeatWatch(PartitionRuntime runtime, IMachine machine, HeartbeatFile file, bool mayWrite)
{
    /// <summary>How long to look for a movement: heartbeats count once a second, a little later on a busy CPU.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(1500);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    /// <summary>Brings the states of partitions up to date.</summary>
    /// <param name="partitions">Which.</param>
    public void Look(IReadOnlyList<PartitionRecord> partitions)
    {
        Dictionary<string, HeartbeatSighting> earlier = file.Read();
        Dictionary<PartitionName, HeartbeatSighting> sightings = [];
        foreach (PartitionRecord partition in partitions)
        {
            See(partition, earlier.GetValueOrDefault(partition.Name.ToString()));
        }

        long begun = machine.Clock.GetTimestamp();
        while (sightings.Keys.Any(IsUnsure) && machine.Clock.GetElapsedTime(begun) < LongestLook)
        {
            machine.Wait(Pause);
            foreach (PartitionRecord partition in partitions.Where(partition => sightings.ContainsKey(partition.Name)))
            {
                See(partition, sightings[partition.Name]);
            }
        }

        if (sightings.Count > 0)
        {
            foreach ((PartitionName name, HeartbeatSighting sighting) in sightings)
            {
                earlier[name.ToString()] = sighting;
            }

            file.Write(earlier);
        }

        void See(PartitionRecord partition, HeartbeatSighting? last)
        {
            if (runtime.Observe(partition.Name, last, mayWrite) is HeartbeatSighting sighting)
            {
                sightings[partition.Name] = sighting;
            }
        }

        // A heartbeat that was seen to move within the last second or so needs no second look, nor does a kernel that has ended.
        bool IsUnsure(PartitionName name) =>
            runtime.Find(name).State == PartitionState.Running
            && sightings[name] is { Count: > 0 } sighting
            && !(sighting.Moved && machine.Clock.GetUtcNow() - sighting.FirstSeen < LongestLook);
    }
}
