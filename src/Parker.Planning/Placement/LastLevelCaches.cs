using System.Numerics;
using Parker.Machine;
using Parker.Machine.Topology;

namespace Parker.Planning.Placement;

/// <summary>Which CPUs share a last-level cache, those that are offline too.</summary>
/// <remarks>
/// The kernel lists the online CPUs of a cache only. APIC IDs of the CPUs of one cache have their high bits in common (Intel SDM volume 3, 9.9.3; AMD APM volume 3, Fn8000_001D),
/// so that an offline CPU belongs where its high bits stand.
/// </remarks>
internal sealed class LastLevelCaches
{
    private readonly Dictionary<int, int> _cacheOfCpu = [];
    private readonly Dictionary<ulong, int> _cacheOfBits = [];
    private readonly int _shift;

    /// <summary>Of one machine.</summary>
    public LastLevelCaches(MachineTopology machine)
    {
        CpuCache[] caches = [.. machine.Caches.Where(cache => cache.Kind != CpuCacheKind.Instruction)];
        int level = caches.Select(cache => cache.Level).DefaultIfEmpty(0).Max();
        // A cache of the first two levels is a core's own: then there is none that cores share.
        CpuCache[] last = level >= 3 ? [.. caches.Where(cache => cache.Level == level)] : [];
        Dictionary<int, uint> ids = machine.Cpus.Where(cpu => cpu.ApicId.Value is not null).ToDictionary(cpu => cpu.Number, cpu => cpu.ApicId.Value!.Value.Value);
        for (int index = 0; index < last.Length; index++)
        {
            foreach (int cpu in last[index].SharedBy)
            {
                _cacheOfCpu.TryAdd(cpu, index);
            }

            uint[] members = [.. last[index].SharedBy.Where(ids.ContainsKey).Select(cpu => ids[cpu])];
            _shift = members.Length == 0 ? _shift : Math.Max(_shift, 32 - BitOperations.LeadingZeroCount(members.Min() ^ members.Max()));
        }

        for (int index = 0; index < last.Length; index++)
        {
            foreach (int cpu in last[index].SharedBy.Where(ids.ContainsKey))
            {
                _cacheOfBits[Bits(ids[cpu])] = index;
            }
        }
    }

    /// <summary>A number that two CPUs have in common where they share a last-level cache; where none is known, each has its own.</summary>
    public long KeyOf(LogicalCpu cpu)
    {
        if (_cacheOfCpu.TryGetValue(cpu.Number, out int cache) || (cpu.ApicId.Value is ApicId id && _cacheOfBits.TryGetValue(Bits(id.Value), out cache)))
        {
            return cache;
        }

        // Of a cache whose CPUs are all offline only the high bits are known.
        return _cacheOfCpu.Count > 0 && cpu.ApicId.Value is ApicId alone ? -1 - (long)Bits(alone.Value) : long.MinValue + cpu.Number;
    }

    private ulong Bits(uint apicId) => (ulong)apicId >> _shift;
}
