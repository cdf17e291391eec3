using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Difference;

/// <summary>Makes a plan's hash: XXH128 over a text of everything that it does and rests on.</summary>
/// <remarks>A frequency of the TSC that was measured differs a little each time, and is left out.</remarks>
internal sealed class PlanHash
{
    private readonly XxHash128 _hash = new();
    private readonly bool _hasExactTsc;

    private PlanHash(bool hasExactTsc) => _hasExactTsc = hasExactTsc;

    public static string Of(IReadOnlyList<PartitionChange> changes, TscFacts tsc)
    {
        PlanHash hash = new(tsc.Source != TscSource.Measured);
        foreach (PartitionChange change in changes)
        {
            hash.Add(change.Name, change.Kind, change.Before?.HoldsMachine, change.Before?.MayRun, change.Before?.Policy);
            hash.Add(change.Before?.Plan);
            hash.Add(change.After);
            foreach (PlannedStep step in change.Steps)
            {
                hash.Add(step.Order, step.Kind, step.Policy, string.Join('\n', step.Details));
            }
        }

        return Convert.ToHexStringLower(hash._hash.GetCurrentHash());
    }

    private void Add(PartitionPlan? plan)
    {
        if (plan is null)
        {
            Add("no plan");
            return;
        }

        Add(plan.Name, plan.Mode, plan.LowSlot, plan.UartPort, plan.PhantomApicId, _hasExactTsc ? plan.TscKilohertz : 0, plan.Processor, plan.KernelPath, plan.CommandLine);
        foreach (PartitionCpu cpu in plan.Cpus)
        {
            Add(cpu.Number, cpu.ApicId.Value, cpu.Node);
        }

        Add(plan.CpusMax);
        foreach (PartitionCpu cpu in plan.SpareCpus)
        {
            Add(cpu.Number, cpu.ApicId.Value, cpu.Node);
        }

        foreach (PartitionMemory memory in plan.Memory)
        {
            Add(memory.Range, memory.Node);
        }

        Add(plan.ElasticMemory?.Max.Bytes, plan.ElasticMemory?.Step.Bytes);
        foreach (PartitionMemory window in plan.ElasticMemory?.Windows ?? [])
        {
            Add(window.Range, window.Node);
        }

        foreach (AddedMemory piece in plan.AddedMemory)
        {
            Add(piece.Place, piece.Range, piece.Node);
        }

        foreach (PartitionBus bus in plan.Buses)
        {
            Add(bus.RootPort, bus.Buses, bus.EcamBase, bus.Node, string.Join(' ', bus.Windows), string.Join(' ', bus.Functions));
        }

        Add(plan.Iommu?.Registers, plan.Iommu?.HostAddressWidth, plan.Iommu?.Segment);
        foreach (string initrd in plan.InitrdPaths)
        {
            Add(initrd);
        }
    }

    // With its length before it, no text can be taken for the end of one and the beginning of another.
    private void Add(params ReadOnlySpan<object?> values)
    {
        Span<char> buffer = stackalloc char[128];
        foreach (object? value in values)
        {
            if (value is ISpanFormattable formattable && formattable.TryFormat(buffer, out int length, default, CultureInfo.InvariantCulture))
            {
                Append(buffer[..length]);
            }
            else
            {
                Append(value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
            }
        }
    }

    private void Append(ReadOnlySpan<char> text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        _hash.Append(length);
        _hash.Append(MemoryMarshal.AsBytes(text));
    }
}
