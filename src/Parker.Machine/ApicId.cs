using System.Globalization;

namespace Parker.Machine;

/// <summary>The identifier by which interrupts and INIT/SIPI reach one logical CPU; not the number that Linux gives the CPU.</summary>
/// <remarks>8 bits in xAPIC mode (255 is the broadcast), 32 bits in x2APIC mode. Intel SDM volume 3, "Advanced Programmable Interrupt Controller".</remarks>
/// <param name="Value">The 32-bit x2APIC ID, which equals the 8-bit ID where that exists.</param>
public readonly record struct ApicId(uint Value) : IComparable<ApicId>
{
    /// <summary>The largest ID that an interrupt can reach in xAPIC mode or by a compatibility-format MSI.</summary>
    public static ApicId MaxXapic => new(254);

    /// <summary>Whether the ID is reachable without x2APIC mode and without interrupt remapping (at most 254).</summary>
    public bool FitsXapic => Value <= MaxXapic.Value;

    /// <inheritdoc/>
    public int CompareTo(ApicId other) => Value.CompareTo(other.Value);

    /// <summary>Whether the left ID is the lower one.</summary>
    public static bool operator <(ApicId left, ApicId right) => left.Value < right.Value;

    /// <summary>Whether the left ID is the higher one.</summary>
    public static bool operator >(ApicId left, ApicId right) => left.Value > right.Value;

    /// <summary>Whether the left ID is the lower one or the same.</summary>
    public static bool operator <=(ApicId left, ApicId right) => left.Value <= right.Value;

    /// <summary>Whether the left ID is the higher one or the same.</summary>
    public static bool operator >=(ApicId left, ApicId right) => left.Value >= right.Value;

    /// <summary>The ID in decimal, as <c>/proc/cpuinfo</c> prints it.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
