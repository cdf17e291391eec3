using Parker.Partition;

namespace Parker.Firmware.Acpi;

/// <summary>The partition's nodes as proximity domains: 0 and up without gaps, in the order of the Boot Kernel's numbers.</summary>
internal sealed class ProximityDomains
{
    private readonly Dictionary<int, uint> _domains = [];

    public ProximityDomains(PartitionPlan plan)
    {
        Nodes = plan.Nodes;
        foreach (int node in Nodes)
        {
            _domains.Add(node, (uint)_domains.Count);
        }
    }

    /// <summary>The Boot Kernel's numbers, by domain.</summary>
    public IReadOnlyList<int> Nodes { get; }

    public uint Of(int node) => _domains[node];

    /// <summary>The domain of something that may lie on a node that the partition has no part of: Linux would make a node of its own for that.</summary>
    public bool TryGet(int? node, out uint domain)
    {
        domain = 0;
        return node is int number && _domains.TryGetValue(number, out domain);
    }
}
