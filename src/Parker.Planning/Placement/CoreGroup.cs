using Parker.Machine;
using Parker.Partition;

namespace Parker.Planning.Placement;

/// <summary>The free cores of one node that share a last-level cache.</summary>
internal sealed class CoreGroup
{
    private readonly List<FreeCore> _free;
    private readonly HashSet<PartitionName> _users = [];
    private int _narrow;
    private int _all;

    /// <summary>Of cores that are all free.</summary>
    /// <param name="cpus">All CPUs that share the cache, free or not.</param>
    /// <param name="free">The free cores, by first thread.</param>
    public CoreGroup(CpuSet cpus, List<FreeCore> free)
    {
        Cpus = cpus;
        _free = free;
        _all = free.Sum(core => core.Threads.Count);
        _narrow = free.Where(core => core.FitsXapic).Sum(core => core.Threads.Count);
    }

    /// <summary>All CPUs that share the cache.</summary>
    public CpuSet Cpus { get; }

    /// <summary>The partitions that have CPUs here.</summary>
    public IReadOnlyCollection<PartitionName> Users => _users;

    /// <summary>The free threads.</summary>
    /// <param name="anyApicId">Whether those count whose APIC IDs need an IOMMU unit.</param>
    public int Free(bool anyApicId) => anyApicId ? _all : _narrow;

    /// <summary>Takes whole cores until there are <paramref name="count"/> threads, or none is left.</summary>
    public List<PartitionCpu> Take(int count, bool anyApicId, PartitionName user)
    {
        List<PartitionCpu> taken = [];
        int kept = 0;
        for (int index = 0; index < _free.Count; index++)
        {
            FreeCore core = _free[index];
            if (taken.Count < count && (anyApicId || core.FitsXapic))
            {
                taken.AddRange(core.Threads);
                Forget(core);
            }
            else
            {
                _free[kept++] = core;
            }
        }

        _free.RemoveRange(kept, _free.Count - kept);
        if (taken.Count > 0)
        {
            _users.Add(user);
        }

        return taken;
    }

    /// <summary>A partition has CPUs here that it named.</summary>
    public void AddUser(PartitionName user) => _users.Add(user);

    private void Forget(FreeCore core)
    {
        _all -= core.Threads.Count;
        _narrow -= core.FitsXapic ? core.Threads.Count : 0;
    }
}
