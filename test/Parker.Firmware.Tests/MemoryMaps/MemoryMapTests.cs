using CsCheck;
using Parker.Firmware.MemoryMaps;
using Parker.Goldens;
using Parker.Machine;
using Parker.Machine.Diagnostics;
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
        MemoryMapTarget.AssertAgree(plan, E820Map.Build(map), EfiMemoryMap.Build(map));
    });

    [Fact]
    public void Any_partition_is_described_by_maps_that_agree_or_refused() => Gen.Byte.Array[0, 200].Sample(choices => MemoryMapTarget.Describe(choices), iter: 3000);

    [Fact]
    public void Inputs_of_the_fuzz_corpus_are_described_or_refused()
    {
        string[] inputs = Directory.GetFiles(Path.Combine(GoldenFile.Root, "fuzz/corpora/memory-map"));
        Assert.NotEmpty(inputs);
        Assert.All(inputs, input => MemoryMapTarget.Describe(File.ReadAllBytes(input)));
    }

    [Theory]
    [InlineData("LAY007", 0xB000_0800)]
    [InlineData("LAY007", 0xFFFF_FFFF_F000_0000)]
    [InlineData("LAY008", 0x4000_0000)]
    public void Configuration_space_that_cannot_be_or_lies_in_memory_is_refused(string id, ulong ecamBase)
    {
        DiagnosticBag diagnostics = [];
        PartitionPlan plan = ExamplePlans.Small with { Buses = [ExamplePlans.Small.Buses[0] with { EcamBase = new PhysicalAddress(ecamBase) }] };

        Assert.Null(PartitionLayout.TryCreate(plan, ExamplePlans.Footprint, diagnostics));
        Assert.Contains(diagnostics, diagnostic => diagnostic.Id == id);
    }

    [Fact]
    public void Map_with_more_descriptors_than_there_is_room_for_is_refused()
    {
        PartitionMemory first = ExamplePlans.Small.Memory[0];
        PartitionPlan plan = ExamplePlans.Small with
        {
            Buses = [],
            Memory = [first, .. Enumerable.Range(0, 700).Select(index => new PartitionMemory(new PhysicalRange(first.Range.End + (ByteSize.FromMebibytes(2) * (ulong)index), ByteSize.FromMebibytes(2)), 0))],
        };
        DiagnosticBag diagnostics = [];

        Assert.Null(MachineDescription.TryBuild(plan, PartitionLayout.TryCreate(plan, ExamplePlans.Footprint, diagnostics)!, Guid.Empty, new DateOnly(2026, 1, 2), diagnostics));
        Assert.Equal("MAP002", Assert.Single(diagnostics).Id);
    }

    [Fact]
    public void Runtime_memory_is_what_the_services_touch_and_carries_the_attribute()
    {
        PartitionLayout layout = PartitionLayout.TryCreate(ExamplePlans.Small, ExamplePlans.Footprint, [])!;
        List<EfiDescriptor> mapped = [.. EfiDescriptor.Read(EfiMemoryMap.Build(layout.AddressMap)).Where(descriptor => (descriptor.Attribute & EfiMemoryMap.Runtime) != 0)];

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
        EfiDescriptor descriptor = Assert.Single(EfiDescriptor.Read(EfiMemoryMap.Build(layout.AddressMap)), descriptor => descriptor.Range == ecam);
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
}
