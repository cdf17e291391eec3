namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Finds the functions that firmware tables name.</summary>
internal sealed class PciScope(PciFacts pci)
{
    private readonly Dictionary<PciAddress, PciFunction> _functions = pci.Functions.ToDictionary(function => function.Address);

    /// <summary>The function of that address; null where there is none.</summary>
    public PciFunction? Function(PciAddress address) => _functions.GetValueOrDefault(address);

    /// <summary>The existing functions with a segment and a bus/device/function number (bus in bits 15:8, device 7:3, function 2:0) within bounds, by address.</summary>
    public IEnumerable<PciAddress> Between(uint segment, ushort first, ushort last) =>
        pci.Functions.Select(function => function.Address).Where(address => address.Segment == segment && Number(address) >= first && Number(address) <= last);

    /// <summary>The function of a bus/device/function number.</summary>
    public static PciAddress Address(uint segment, ushort number) => new(segment, (byte)(number >> 8), (byte)((number >> 3) & 0x1f), (byte)(number & 7));

    /// <summary>Follows a path from a bus through bridges.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="startBus">The bus that the first step is on.</param>
    /// <param name="path">Pairs of device and function; the last one is the function, those before are bridges.</param>
    /// <returns>Null where a bridge on the way, or the function, does not exist.</returns>
    public PciFunction? Follow(uint segment, byte startBus, ReadOnlySpan<byte> path)
    {
        byte bus = startBus;
        PciFunction? function = null;
        for (int at = 0; at + 2 <= path.Length; at += 2)
        {
            if (at > 0)
            {
                if (function?.Bridge is not PciBridgeFacts bridge)
                {
                    return null;
                }

                bus = bridge.Secondary;
            }

            if (path[at] > 31 || path[at + 1] > 7)
            {
                return null;
            }

            function = Function(new PciAddress(segment, bus, path[at], path[at + 1]));
        }

        return function;
    }

    private static ushort Number(PciAddress address) => (ushort)((address.Bus << 8) | (address.Device << 3) | address.Function);
}
