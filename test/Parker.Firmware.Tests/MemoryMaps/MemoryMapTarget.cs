using System.Buffers.Binary;
using System.Diagnostics;
using Parker.Firmware.MemoryMaps;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Partition.Tests.Plans;

namespace Parker.Firmware.Tests.MemoryMaps;

/// <summary>What must hold for the memory maps of any partition; each throws where it does not.</summary>
internal static class MemoryMapTarget
{
    private const int MemoryItem = 0;
    private const int TouchingItem = 1;
    private const int BusItem = 2;

    /// <summary>Bytes choose a partition's low slot, memory ranges and buses: it is described by maps that agree, or refused with an error.</summary>
    /// <remarks>
    /// <code>
    /// 2  low slot, in 4 KiB
    /// then items of 1 byte, modulo 4:
    /// 0    memory: 4 start in 2 MiB, 1 length in 2 MiB less one
    /// 1    memory that touches the range before: 1 length
    /// 2    bus: 8 ECAM base, 1 segment, 1 first bus, 1 last bus
    /// 3    nothing
    /// </code>
    /// </remarks>
    public static void Describe(ReadOnlySpan<byte> input)
    {
        PartitionPlan plan = Plan(input);
        DiagnosticBag diagnostics = [];
        PartitionLayout? layout = PartitionLayout.TryCreate(plan, ExamplePlans.Footprint, diagnostics);
        Require(layout is null == diagnostics.HasErrors, "A partition is not laid out if, and only if, there is an error.");
        if (layout is null)
        {
            return;
        }

        MachineDescription? description = MachineDescription.TryBuild(plan, layout, Guid.Empty, new DateOnly(2026, 1, 2), diagnostics);
        Require(description is null == diagnostics.HasErrors, "A partition is not described if, and only if, there is an error.");
        if (description is not null)
        {
            Require(description.E820.Count <= E820Map.MaximumEntries, "boot_params has room for all entries.");
            Require((ulong)description.EfiMemoryMapBytes.Length <= layout.EfiMemoryMap.Length.Bytes, "There is room for all descriptors.");
            AssertAgree(plan, description.E820, description.EfiMemoryMapBytes.Span);
        }
    }

    /// <summary>Both maps say the same of every address, have none twice, and cover exactly the partition's memory, slot and configuration space.</summary>
    public static void AssertAgree(PartitionPlan plan, IReadOnlyList<E820Entry> e820, ReadOnlySpan<byte> efiMap)
    {
        List<EfiDescriptor> efi = EfiDescriptor.Read(efiMap);
        RequireAscending([.. e820.Select(entry => entry.Range)]);
        RequireAscending([.. efi.Select(descriptor => descriptor.Range)]);
        PhysicalRangeSet expected = PhysicalRangeSet.Of([.. plan.Memory.Select(memory => memory.Range), .. plan.Buses.Select(bus => bus.Ecam), new PhysicalRange(plan.LowSlot, LowSlotLayout.Size)]);
        RequireSame(expected, PhysicalRangeSet.Of(e820.Select(entry => entry.Range)), "The e820 map covers what the partition has.");
        RequireSame(expected, PhysicalRangeSet.Of(efi.Select(descriptor => descriptor.Range)), "The EFI map covers what the partition has.");
        RequireSame(Of(e820, E820Type.Ram), Of(efi, EfiMemoryType.Conventional), "Both maps have the same usable memory.");
        RequireSame(Of(e820, E820Type.Acpi), Of(efi, EfiMemoryType.AcpiReclaim), "Both maps have the same ACPI tables.");
        RequireSame(
            Of(e820, E820Type.Reserved),
            Of(efi, EfiMemoryType.Reserved, EfiMemoryType.RuntimeServicesCode, EfiMemoryType.RuntimeServicesData),
            "What is reserved in the e820 map is reserved or the runtime's in the EFI map.");
    }

    private static PartitionPlan Plan(ReadOnlySpan<byte> input)
    {
        List<PartitionMemory> memory = [];
        List<PartitionBus> buses = [];
        PhysicalAddress slot = new((ulong)BinaryPrimitives.ReadUInt16LittleEndian(Take(ref input, 2)) << 12);
        while (!input.IsEmpty)
        {
            switch (Take(ref input, 1)[0] % 4)
            {
                case MemoryItem:
                    memory.Add(Memory((ulong)BinaryPrimitives.ReadUInt32LittleEndian(Take(ref input, 4)) << 21, Take(ref input, 1)[0]));
                    break;
                case TouchingItem when memory.Count > 0:
                    memory.Add(Memory(memory[^1].Range.End.Value, Take(ref input, 1)[0]));
                    break;
                case BusItem:
                    PhysicalAddress ecam = new(BinaryPrimitives.ReadUInt64LittleEndian(Take(ref input, 8)));
                    buses.Add(new PartitionBus(default, new PciBusRange(Take(ref input, 1)[0], Take(ref input, 1)[0], Take(ref input, 1)[0]), ecam, [], [], null));
                    break;
            }
        }

        return ExamplePlans.Small with { Memory = memory, Buses = buses, LowSlot = slot };
    }

    private static PartitionMemory Memory(ulong start, byte length) => new(new PhysicalRange(new PhysicalAddress(start), ByteSize.FromMebibytes(2) * (length + 1UL)), 0);

    // What is missing at the end is zero.
    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> input, int length)
    {
        byte[] taken = new byte[length];
        int there = Math.Min(length, input.Length);
        input[..there].CopyTo(taken);
        input = input[there..];
        return taken;
    }

    private static PhysicalRangeSet Of(IEnumerable<E820Entry> entries, E820Type type) => PhysicalRangeSet.Of(entries.Where(entry => entry.Type == type).Select(entry => entry.Range));

    private static PhysicalRangeSet Of(IEnumerable<EfiDescriptor> descriptors, params EfiMemoryType[] types) =>
        PhysicalRangeSet.Of(descriptors.Where(descriptor => types.Contains(descriptor.Type)).Select(descriptor => descriptor.Range));

    private static void RequireAscending(IReadOnlyList<PhysicalRange> ranges)
    {
        for (int index = 1; index < ranges.Count; index++)
        {
            Require(ranges[index - 1].End <= ranges[index].Start, $"{ranges[index - 1]} ends before {ranges[index]}.");
        }
    }

    private static void RequireSame(PhysicalRangeSet expected, PhysicalRangeSet actual, string promise) => Require(expected.Equals(actual), $"{promise} Expected {expected}, found {actual}.");

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new UnreachableException(message);
        }
    }
}
