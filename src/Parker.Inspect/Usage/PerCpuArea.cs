using Parker.Inspect.Addressing;
using Parker.Inspect.Kernels;
using Parker.Inspect.Symbols;
using Parker.Machine;

namespace Parker.Inspect.Usage;

/// <summary>Where each CPU of a kernel has its own copy of per-CPU variables.</summary>
internal sealed class PerCpuArea
{
    // CONFIG_NR_CPUS goes up to 8192.
    private const int MostCpus = 8192;

    private readonly KernelMemory _memory;
    private readonly VirtualAddress _offsets;
    private readonly VirtualAddress _online;
    private readonly VirtualAddress _count;

    private PerCpuArea(KernelMemory memory, VirtualAddress offsets, VirtualAddress online, VirtualAddress count)
    {
        _memory = memory;
        _offsets = offsets;
        _online = online;
        _count = count;
    }

    /// <summary>Looks the symbols up; null where one is missing.</summary>
    public static PerCpuArea? TryOpen(ApplicationKernel kernel)
    {
        KernelSymbols? symbols = kernel.TryOpenSymbols([]);
        symbols?.Find(["__per_cpu_offset", "__cpu_online_mask", "nr_cpu_ids"]);
        return symbols?.Find("__per_cpu_offset") is VirtualAddress offsets && symbols.Find("__cpu_online_mask") is VirtualAddress online && symbols.Find("nr_cpu_ids") is VirtualAddress count
            ? new PerCpuArea(kernel.Memory, offsets, online, count)
            : null;
    }

    /// <summary>The online CPUs, by the Application Kernel's numbers; null where they cannot be read.</summary>
    public CpuSet? Online()
    {
        if (_memory.ReadUInt32(_count) is not (<= MostCpus and uint count))
        {
            return null;
        }

        List<int> online = [];
        for (int word = 0; word < (count + 63) / 64; word++)
        {
            if (_memory.ReadUInt64(_online + ((ulong)word * 8)) is not ulong bits)
            {
                return null;
            }

            for (; bits != 0; bits &= unchecked(bits - 1))
            {
                online.Add((word * 64) + (int)ulong.TrailingZeroCount(bits));
            }
        }

        return CpuSet.Of(online);
    }

    /// <summary>What is added to a per-CPU address for one CPU; null where it cannot be read.</summary>
    public ulong? OffsetOf(int cpu) => cpu is >= 0 and < MostCpus ? _memory.ReadUInt64(_offsets + ((ulong)cpu * 8)) : null;

    /// <summary>That of each CPU that the kernel has room for, also of those that are offline.</summary>
    public IReadOnlyList<ulong> AllOffsets() => _memory.ReadUInt32(_count) is <= MostCpus and uint count ? [.. Enumerable.Range(0, (int)count).Select(OffsetOf).OfType<ulong>().Distinct()] : [];

    /// <summary>That of each online CPU.</summary>
    public IReadOnlyList<ulong> Offsets() => Online() is CpuSet online ? [.. online.Select(OffsetOf).OfType<ulong>()] : [];
}
