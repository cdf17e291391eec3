using CsCheck;

namespace Parker.Machine.Tests;

/// <summary>Generators of values for the property tests.</summary>
internal static class Any
{
    // Uniform 64-bit numbers are nearly all huge: shifting them right by a random amount gives every magnitude.
    public static Gen<ulong> Number { get; } = Gen.Select(Gen.ULong, Gen.Int[0, 63], (value, shift) => value >> shift);

    public static Gen<ByteSize> Size { get; } = Number.Select(value => new ByteSize(value));

    public static Gen<PhysicalAddress> Address { get; } = Number.Select(value => new PhysicalAddress(value));

    public static Gen<ByteSize> Alignment { get; } = Gen.Int[0, 63].Select(shift => new ByteSize(1UL << shift));

    public static Gen<PhysicalRange> Range { get; } =
        Gen.Select(Number, Number, (left, right) => PhysicalRange.FromBounds(new PhysicalAddress(Math.Min(left, right)), new PhysicalAddress(Math.Max(left, right))));

    public static Gen<CpuSet> Cpus { get; } = Gen.OneOf(
        Gen.Int[0, CpuSet.Capacity - 1].Array[0, 40].Select(cpus => CpuSet.Of(cpus)),
        Gen.Int[0, 130].Array[0, 130].Select(cpus => CpuSet.Of(cpus)),
        Gen.Select(Gen.Int[0, CpuSet.Capacity - 1], Gen.Int[0, CpuSet.Capacity - 1], (left, right) => CpuSet.Range(Math.Min(left, right), Math.Max(left, right))));

    public static Gen<PciAddress> Pci { get; } = Gen.Select(
        Gen.Select(Gen.UInt, Gen.Int[0, 31], (value, shift) => value >> shift), Gen.Byte, Gen.Byte[0, 31], Gen.Byte[0, 7], (segment, bus, device, function) => new PciAddress(segment, bus, device, function));

    /// <summary>Text from the letters that the parsers look for, so that it comes close to being right; and any text at all.</summary>
    public static Gen<string> HostileText { get; } = Gen.OneOf(Gen.String["0123456789abcdefxXKMGTPEiB-:,./ \n\t\0\"=N"], Gen.String);
}
