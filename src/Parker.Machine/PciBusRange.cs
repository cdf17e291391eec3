using System.Globalization;

namespace Parker.Machine;

/// <summary>Consecutive PCI buses of one segment, first and last included.</summary>
/// <param name="Segment">The segment group (Linux: domain).</param>
/// <param name="First">The lowest bus number.</param>
/// <param name="Last">The highest bus number; not below <paramref name="First"/>.</param>
public readonly record struct PciBusRange(uint Segment, byte First, byte Last)
{
    /// <summary>The number of buses.</summary>
    public int Count => Last - First + 1;

    /// <summary>Whether <paramref name="address"/> lies on one of the buses.</summary>
    public bool Contains(PciAddress address) => address.Segment == Segment && address.Bus >= First && address.Bus <= Last;

    /// <summary>Whether every bus of <paramref name="other"/> is one of these.</summary>
    public bool Contains(PciBusRange other) => other.Segment == Segment && other.First >= First && other.Last <= Last;

    /// <summary>Whether the two have a bus in common.</summary>
    public bool Overlaps(PciBusRange other) => other.Segment == Segment && other.First <= Last && First <= other.Last;

    /// <summary>Segment and buses, such as <c>0000:01</c> or <c>0000:01-03</c>.</summary>
    public override string ToString() => First == Last
        ? string.Create(CultureInfo.InvariantCulture, $"{Segment:x4}:{First:x2}")
        : string.Create(CultureInfo.InvariantCulture, $"{Segment:x4}:{First:x2}-{Last:x2}");
}
