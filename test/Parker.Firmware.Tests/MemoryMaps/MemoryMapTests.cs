using System.Buffers.Binary;
using CsCheck;
using Parker.Firmware.MemoryMaps;
using Parker.Machine;
using Parker.Partition;
using Parker.Partition.Tests.Plans;

namespace Parker.Firmware.Tests.MemoryMaps;

public sealed class MemoryMapTests
{
    private static readonly Gen<PartitionPlan> Plans = Gen.Select(Gen.Int[40, 200], Gen.Int[1, 4000].Array[0, 6], Gen.Int[1, 8], Gen.Bool, (first, gaps, slot, withDevice) =>
    {
        List<PartitionMemory> memory = [];
        ulong mebibyte = 1024;
        foreach (int gap in gaps.Prepend(0))
        {
            mebibyte += 2UL * (ulong)gap;
            memory.Add(new PartitionMemory(new PhysicalRange(new PhysicalAddress(mebibyte << 20), ByteSize.FromMebibytes(2UL * (ulong)first)), 0));
            mebibyte += 2UL * (ulong)first;
        }

        return ExamplePlans.Small with { Memory = memory, LowSlot = new PhysicalAddress((ulong)slot << 16), Buses = withDevice ? [HighEcam] : [] };
    });

    // Above all the memory that a plan of the generator may have.
    private static PartitionBus HighEcam => ExamplePlans.Small.Buses[0] with { EcamBase = new PhysicalAddress(1UL << 42) };

    [Fact]
    public void Both_maps_agree_and_cover_exactly_memory_slot_and_ecam() => Plans.Sample(plan =>
    {
        IReadOnlyList<AddressMapEntry> map = PartitionLayout.TryCreate(plan, new ImageFootprint(ByteSize.FromMebibytes(8), ByteSize.FromMebibytes(16), ByteSize.FromMebibytes(2), ByteSize.FromMebibytes(4)), [])!.AddressMap;
        IReadOnlyList<E820Entry> e820 = E820Map.Build(map);
        List<Descriptor> efi = Read(EfiMemoryMap.Build(map));

        AssertDisjoint([.. e820.Select(entry => entry.Range)]);
        AssertDisjoint([.. efi.Select(descriptor => descriptor.Range)]);
        PhysicalRangeSet expected = PhysicalRangeSet.Of([.. plan.Memory.Select(memory => memory.Range), .. plan.Buses.Select(bus => bus.Ecam), new PhysicalRange(plan.LowSlot, LowSlotLayout.Size)]);
        Assert.Equal(expected, PhysicalRangeSet.Of(e820.Select(entry => entry.Range)));
        Assert.Equal(expected, PhysicalRangeSet.Of(efi.Select(descriptor => descriptor.Range)));
        Assert.Equal(Of(e820, E820Type.Ram), Of(efi, EfiMemoryType.Conventional));
        Assert.Equal(Of(e820, E820Type.Acpi), Of(efi, EfiMemoryType.AcpiReclaim));
        Assert.Equal(
            Of(e820, E820Type.Reserved),
            Of(efi, EfiMemoryType.Reserved, EfiMemoryType.RuntimeServicesCode, EfiMemoryType.RuntimeServicesData));
    });

    [Fact]
    public void Runtime_memory_is_what_the_services_touch_and_carries_the_attribute()
    {
        PartitionLayout layout = PartitionLayout.TryCreate(ExamplePlans.Small, ExamplePlans.Footprint, [])!;
        List<Descriptor> mapped = [.. Read(EfiMemoryMap.Build(layout.AddressMap)).Where(descriptor => (descriptor.Attribute & EfiMemoryMap.Runtime) != 0)];

        Assert.Equal(
            PhysicalRangeSet.Of([layout.HeaderPage, layout.UefiCode, layout.UefiData, layout.Smbios, layout.EfiMemoryMap]),
            PhysicalRangeSet.Of(mapped.Select(descriptor => descriptor.Range)));
        Assert.All(mapped, descriptor => Assert.Equal(EfiMemoryMap.Runtime | EfiMemoryMap.WriteBack, descriptor.Attribute));
    }

    [Fact]
    public void Ecam_is_reserved_in_both_maps()
    {
        PartitionLayout layout = PartitionLayout.TryCreate(ExamplePlans.Small, ExamplePlans.Footprint, [])!;
        PhysicalRange ecam = ExamplePlans.Small.Buses[0].Ecam;

        Assert.Equal(E820Type.Reserved, Assert.Single(E820Map.Build(layout.AddressMap), entry => entry.Range == ecam).Type);
        Descriptor descriptor = Assert.Single(Read(EfiMemoryMap.Build(layout.AddressMap)), descriptor => descriptor.Range == ecam);
        Assert.Equal(EfiMemoryType.Reserved, descriptor.Type);
        Assert.Equal(0UL, descriptor.Attribute);
    }

    [Fact]
    public void Entries_are_written_as_boot_params_has_them()
    {
        byte[] bytes = new byte[E820Map.EntryBytes];

        E820Map.Write([new E820Entry(new PhysicalRange(new PhysicalAddress(0x1122334455), new ByteSize(0x6000)), E820Type.Acpi)], bytes);

        Assert.Equal("5544332211000000006000000000000003000000", Convert.ToHexString(bytes));
    }

    private static PhysicalRangeSet Of(IEnumerable<E820Entry> entries, E820Type type) => PhysicalRangeSet.Of(entries.Where(entry => entry.Type == type).Select(entry => entry.Range));

    private static PhysicalRangeSet Of(IEnumerable<Descriptor> descriptors, params EfiMemoryType[] types) =>
        PhysicalRangeSet.Of(descriptors.Where(descriptor => types.Contains(descriptor.Type)).Select(descriptor => descriptor.Range));

    private static void AssertDisjoint(IReadOnlyList<PhysicalRange> ranges)
    {
        for (int index = 1; index < ranges.Count; index++)
        {
            Assert.True(ranges[index - 1].End <= ranges[index].Start);
        }
    }

    private static List<Descriptor> Read(ReadOnlySpan<byte> map)
    {
        List<Descriptor> descriptors = [];
        for (; !map.IsEmpty; map = map[EfiMemoryMap.DescriptorBytes..])
        {
            descriptors.Add(new Descriptor(
                (EfiMemoryType)BinaryPrimitives.ReadUInt32LittleEndian(map),
                new PhysicalRange(new PhysicalAddress(BinaryPrimitives.ReadUInt64LittleEndian(map[8..])), ByteSize.Page * BinaryPrimitives.ReadUInt64LittleEndian(map[24..])),
                BinaryPrimitives.ReadUInt64LittleEndian(map[32..])));
        }

        return descriptors;
    }

    private sealed record Descriptor(EfiMemoryType Type, PhysicalRange Range, ulong Attribute);
}
