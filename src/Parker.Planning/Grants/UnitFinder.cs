using Parker.Machine;
using Parker.Machine.Topology;

namespace Parker.Planning.Grants;

/// <summary>Finds the IOMMU unit above a function as <see cref="IommuFacts.UnitOf"/> does, without looking at all units each time.</summary>
internal sealed class UnitFinder
{
    private readonly Dictionary<PciAddress, int> _byDevice = [];
    private readonly Dictionary<(uint Segment, byte Bus), int> _byBus = [];
    private readonly Dictionary<uint, int> _byRest = [];
    private readonly IReadOnlyList<IommuUnit> _units;

    /// <summary>For the units of one machine.</summary>
    public UnitFinder(IommuFacts iommu)
    {
        _units = iommu.Units;
        for (int index = 0; index < _units.Count; index++)
        {
            IommuUnit unit = _units[index];
            foreach (PciAddress device in unit.Devices.Where(device => device.Segment == unit.Segment))
            {
                _byDevice.TryAdd(device, index);
            }

            foreach (PciBusRange range in unit.Buses.Where(range => range.Segment == unit.Segment))
            {
                for (int bus = range.First; bus <= range.Last; bus++)
                {
                    _byBus.TryAdd((range.Segment, (byte)bus), index);
                }
            }

            if (unit.IncludesAll)
            {
                _byRest.TryAdd(unit.Segment, index);
            }
        }
    }

    /// <summary>The unit above a function; null where there is none.</summary>
    public IommuUnit? Of(PciAddress function)
    {
        int named = Math.Min(_byDevice.GetValueOrDefault(function, int.MaxValue), _byBus.GetValueOrDefault((function.Segment, function.Bus), int.MaxValue));
        int found = named < int.MaxValue ? named : _byRest.GetValueOrDefault(function.Segment, int.MaxValue);
        return found < int.MaxValue ? _units[found] : null;
    }

    /// <summary>The units above functions, each once.</summary>
    public IReadOnlyList<IommuUnit> Of(IEnumerable<PciFunction> functions) =>
        [.. functions.Select(function => Of(function.Address)).OfType<IommuUnit>().Distinct(ReferenceEqualityComparer.Instance).Cast<IommuUnit>()];
}
