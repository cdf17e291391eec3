namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Collects the uses of functions while they are read.</summary>
internal sealed class PciUses
{
    private readonly Dictionary<PciAddress, List<PciUse>> _uses = [];
    private readonly List<UnseenPciUse> _unseen = [];

    /// <summary>What could not be seen.</summary>
    public IReadOnlyList<UnseenPciUse> Unseen => _unseen;

    public void Add(IEnumerable<PciAddress> functions, PciUseKind kind, string detail)
    {
        PciUse use = new(kind, detail);
        foreach (PciAddress function in functions)
        {
            if (!_uses.TryGetValue(function, out List<PciUse>? uses))
            {
                _uses[function] = uses = [];
            }

            // The same file system mounted in a hundred places is a hundred lines; the same line twice is one.
            if (!uses.Contains(use))
            {
                uses.Add(use);
            }
        }
    }

    public void AddUnseen(PciUseKind kind, string why) => _unseen.Add(new UnseenPciUse(kind, why));

    /// <summary>The uses of one function, by kind, then by detail.</summary>
    public IReadOnlyList<PciUse> Of(PciAddress function) =>
        _uses.TryGetValue(function, out List<PciUse>? uses)
            ? [.. uses.OrderBy(use => use.Kind).ThenBy(use => use.Detail, StringComparer.Ordinal)]
            : [];
}
