using System.Buffers.Binary;
using Parker.Firmware.MemoryMaps;
using Parker.Machine;

namespace Parker.Firmware.Tests.MemoryMaps;

/// <summary>A descriptor of an EFI memory map as a kernel reads it.</summary>
internal sealed record EfiDescriptor(EfiMemoryType Type, PhysicalRange Range, ulong Attribute)
{
    /// <summary>Reads a map.</summary>
    public static List<EfiDescriptor> Read(ReadOnlySpan<byte> map)
    {
        List<EfiDescriptor> descriptors = [];
        for (; !map.IsEmpty; map = map[EfiMemoryMap.DescriptorBytes..])
        {
            descriptors.Add(new EfiDescriptor(
                (EfiMemoryType)BinaryPrimitives.ReadUInt32LittleEndian(map),
                new PhysicalRange(new PhysicalAddress(BinaryPrimitives.ReadUInt64LittleEndian(map[8..])), ByteSize.Page * BinaryPrimitives.ReadUInt64LittleEndian(map[24..])),
                BinaryPrimitives.ReadUInt64LittleEndian(map[32..])));
        }

        return descriptors;
    }
}
