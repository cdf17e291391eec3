using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Configuration;

namespace Parker.Planning.Placement;

/// <summary>The CPUs of a machine that are free to be given away, by node, last-level cache and core.</summary>
internal sealed class CpuPool
{
    private readonly Dictionary<int, PartitionName> _owners = [];
    private readonly Dictionary<int, CoreGroup> _groupOfCpu = [];

    /// <summary>Of one machine.</summary>
    /// <param name="index">The machine.</param>
    /// <param name="named">CPUs that partitions have or name, by number.</param>
    /// <param name="held">CPUs that are offline because Parker holds them, and which are free or named all the same.</param>
    /// <param name="share">What the Boot Kernel keeps.</param>
    public CpuPool(MachineIndex index, IEnumerable<KeyValuePair<int, PartitionName>> named, CpuSet held, BootKernelShare share)
    {
        foreach ((int cpu, PartitionName owner) in named)
        {
            _owners.TryAdd(cpu, owner);
        }

        LastLevelCaches caches = new(index.Machine);
        Kept = KeptByBootKernel(index.Machine, share);
        List<NodeCores> nodes = [];
        foreach (IGrouping<int, LogicalCpu[]> node in Cores(index.Machine).GroupBy(core => core[0].Node).OrderBy(node => node.Key))
        {
            List<CoreGroup> groups = [];
            foreach (IGrouping<long, LogicalCpu[]> cache in node.GroupBy(core => caches.KeyOf(core[0])))
            {
                LogicalCpu[][] cores = [.. cache];
                CoreGroup group = new(
                    CpuSet.Of(cores.SelectMany(core => core).Select(cpu => cpu.Number)),
                    [.. cores.Where(core => core.All(cpu => IsFree(cpu, held))).Select(core => new FreeCore([.. core.Select(cpu => new PartitionCpu(cpu.Number, cpu.ApicId.Value!.Value, cpu.Node))], core.All(cpu => cpu.ApicId.Value!.Value.FitsXapic)))]);
                groups.Add(group);
                foreach (int cpu in group.Cpus)
                {
                    _groupOfCpu[cpu] = group;
                    if (_owners.TryGetValue(cpu, out PartitionName owner))
                    {
                        group.AddUser(owner);
                    }
                }
            }

            nodes.Add(new NodeCores(node.Key, groups));
        }

        Nodes = nodes;
    }

    /// <summary>The nodes that have CPUs, by number.</summary>
    public IReadOnlyList<NodeCores> Nodes { get; }

    /// <summary>CPUs that are not given away by count.</summary>
    public CpuSet Kept { get; }

    /// <summary>The partition that has or names a CPU; null where there is none.</summary>
    public PartitionName? OwnerOf(int cpu) => _owners.TryGetValue(cpu, out PartitionName owner) ? owner : null;

    /// <summary>The cores that share a last-level cache with a CPU.</summary>
    public CoreGroup GroupOf(int cpu) => _groupOfCpu[cpu];

    /// <summary>Takes whole cores of a node until there are <paramref name="count"/> threads or it has no more.</summary>
    public List<PartitionCpu> Take(NodeCores node, int count, bool anyApicId, PartitionName user)
    {
        List<PartitionCpu> cpus = node.Take(count, anyApicId, user);
        foreach (PartitionCpu cpu in cpus)
        {
            _owners[cpu.Number] = user;
        }

        return cpus;
    }

    // CPUs that are each other's siblings; the kernel lists the online ones only, so both ways count.
    private static IEnumerable<LogicalCpu[]> Cores(MachineTopology machine)
    {
        Dictionary<int, int> first = [];
        foreach (LogicalCpu cpu in machine.Cpus)
        {
            int core = cpu.Number;
            foreach (int sibling in cpu.Siblings)
            {
                core = Math.Min(core, first.GetValueOrDefault(sibling, core));
            }

            first[cpu.Number] = core;
            foreach (int sibling in cpu.Siblings)
            {
                first.TryAdd(sibling, core);
            }
        }

        return machine.Cpus.GroupBy(cpu => first[cpu.Number]).Select(core => core.OrderBy(cpu => cpu.Number).ToArray()).OrderBy(core => core[0].Number);
    }

    private static CpuSet KeptByBootKernel(MachineTopology machine, BootKernelShare share)
    {
        LogicalCpu? boot = machine.Cpus.FirstOrDefault(cpu => cpu.IsBootstrapProcessor) ?? machine.Cpus.FirstOrDefault(cpu => cpu.Number == 0);
        CpuSet kept = share.Cpus.Union(boot is null ? CpuSet.Empty : boot.Siblings.Union(CpuSet.Of(boot.Number)));
        List<int> cores = [];
        ILookup<int, LogicalCpu[]> byNode = Cores(machine).ToLookup(core => core[0].Node);
        foreach (NumaNode node in machine.Nodes.Where(node => node.BootKernelMemory > ByteSize.Zero))
        {
            int missing = share.CoresPerNode - byNode[node.Number].Count(core => core.Any(cpu => kept.Contains(cpu.Number)));
            cores.AddRange(byNode[node.Number].Where(core => !core.Any(cpu => kept.Contains(cpu.Number))).Take(Math.Max(0, missing)).SelectMany(core => core).Select(cpu => cpu.Number));
        }

        return kept.Union(CpuSet.Of(cores));
    }

    private bool IsFree(LogicalCpu cpu, CpuSet held) =>
        (cpu.Online || held.Contains(cpu.Number)) && cpu.CanGoOffline.Value == true && cpu.ApicId.IsKnown && !_owners.ContainsKey(cpu.Number) && !Kept.Contains(cpu.Number);
}
