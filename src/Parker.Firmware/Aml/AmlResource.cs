using System.Runtime.InteropServices;
using Parker.Machine;

namespace Parker.Firmware.Aml;

/// <summary>One descriptor of a <c>_CRS</c>: what a device uses, or what a bridge passes on.</summary>
/// <remarks>ACPI specification, "Resource Data Types for ACPI".</remarks>
public sealed class AmlResource
{
    // General flags of address space descriptors: both bounds are fixed; the bridge decodes what lies within.
    private const byte MinAndMaxFixed = 0x0C;
    private const byte Consumer = 0x01;

    // Type-specific flags of memory: read and write; prefetchable.
    private const byte ReadWrite = 0x01;
    private const byte Prefetchable = 0x06;

    private AmlResource(byte[] encoding) => Encoding = encoding;

    internal byte[] Encoding { get; }

    /// <summary>The bus numbers behind a root bridge.</summary>
    public static AmlResource BusNumbers(byte first, byte last) => Of(new WordAddressDescriptor
    {
        Tag = 0x88,
        Length = 0x0D,
        ResourceType = 2,
        GeneralFlags = MinAndMaxFixed,
        Minimum = first,
        Maximum = last,
        AddressLength = checked((ushort)(last - first + 1)),
    });

    /// <summary>A memory window of a root bridge: 32 bits wide where it ends below 4 GiB, else 64.</summary>
    /// <param name="range">Host-physical, not empty.</param>
    /// <param name="isPrefetchable">Whether it is the bridge's prefetchable window.</param>
    public static AmlResource Window(PhysicalRange range, bool isPrefetchable) => Memory(range, MinAndMaxFixed, isPrefetchable ? (byte)(ReadWrite | Prefetchable) : ReadWrite);

    /// <summary>Memory that a device itself uses.</summary>
    /// <param name="range">Host-physical, not empty.</param>
    public static AmlResource DeviceMemory(PhysicalRange range) => Memory(range, MinAndMaxFixed | Consumer, ReadWrite);

    /// <summary>I/O ports at a fixed place, 16 bits decoded.</summary>
    public static AmlResource Ports(ushort first, byte count) => Of(new IoPortDescriptor
    {
        Tag = 0x47,
        Information = 1,
        Minimum = first,
        Maximum = first,
        Alignment = 1,
        PortCount = count,
    });

    private static AmlResource Memory(PhysicalRange range, byte generalFlags, byte typeFlags)
    {
        if (range.End <= PhysicalAddress.FourGibibytes && range.Length.Bytes <= uint.MaxValue)
        {
            return Of(new DWordAddressDescriptor
            {
                Tag = 0x87,
                Length = 0x17,
                GeneralFlags = generalFlags,
                TypeFlags = typeFlags,
                Minimum = (uint)range.Start.Value,
                Maximum = (uint)range.Last.Value,
                AddressLength = checked((uint)range.Length.Bytes),
            });
        }

        return Of(new QWordAddressDescriptor
        {
            Tag = 0x8A,
            Length = 0x2B,
            GeneralFlags = generalFlags,
            TypeFlags = typeFlags,
            Minimum = range.Start.Value,
            Maximum = range.Last.Value,
            AddressLength = range.Length.Bytes,
        });
    }

    private static AmlResource Of<T>(in T descriptor)
        where T : unmanaged => new(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in descriptor)).ToArray());
}
