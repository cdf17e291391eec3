using System.Buffers.Binary;
using Parker.Inspect.Addressing;
using Parker.Inspect.Kernels;
using Parker.Inspect.Symbols;
using Parker.Inspect.Types;
using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Usage;

/// <summary>Reads how busy and how full a kernel is. What is looked up by name is looked up once; a reading is a few hundred bytes.</summary>
public sealed class UsageReader
{
    private const int PageShift = 12;
    private const int LoadShift = 11;
    private const int MostStatistics = 32;

    private static readonly string[] User = ["CPUTIME_USER", "CPUTIME_NICE"];
    private static readonly string[] System = ["CPUTIME_SYSTEM"];
    private static readonly string[] Interrupts = ["CPUTIME_SOFTIRQ", "CPUTIME_IRQ"];

    private readonly ApplicationKernel _kernel;
    private readonly KernelSymbols _symbols;
    private readonly Dictionary<string, long> _indices = new(StringComparer.Ordinal);
    private readonly PerCpuArea _perCpu;
    private readonly VirtualAddress _times;
    private readonly int _timesSize;

    private UsageReader(ApplicationKernel kernel, KernelSymbols symbols, KernelTypes types, PerCpuArea perCpu, VirtualAddress times, int timesSize)
    {
        _kernel = kernel;
        _symbols = symbols;
        foreach (string name in (string[])[.. User, .. System, .. Interrupts, "NR_FREE_PAGES", "NR_FILE_PAGES", "NR_ANON_MAPPED", "NR_SLAB_RECLAIMABLE_B", "NR_SLAB_UNRECLAIMABLE_B"])
        {
            if (types.FindEnumerator(name) is long index)
            {
                _indices[name] = index;
            }
        }

        _perCpu = perCpu;
        _times = times;
        _timesSize = timesSize;
    }

    /// <summary>Looks up what is needed.</summary>
    /// <returns>Null where the kernel does not tell: <c>INS005</c> to <c>INS007</c>.</returns>
    public static UsageReader? TryOpen(ApplicationKernel kernel, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (kernel.TryOpenTypes(diagnostics) is not KernelTypes types || kernel.TryOpenSymbols(diagnostics) is not KernelSymbols symbols)
        {
            return null;
        }

        symbols.Find(["kernel_cpustat", "avenrun", "_totalram_pages", "vm_zone_stat", "vm_node_stat"]);
        if (PerCpuArea.TryOpen(kernel) is PerCpuArea perCpu
            && symbols.Find("kernel_cpustat") is VirtualAddress times
            && types.Find("kernel_cpustat", "cpustat") is StructureField { Offset: 0, Size: > 0 and <= MostStatistics * 8 and int size })
        {
            return new UsageReader(kernel, symbols, types, perCpu, times, size);
        }

        diagnostics.Error("INS007", $"kernel {kernel.Info.Release}", "Its symbols and types do not tell where it counts what its CPUs do.", "A kernel with CONFIG_KALLSYMS_ALL and BTF does.");
        return null;
    }

    /// <summary>Reads it as it is now.</summary>
    public KernelUsage Read()
    {
        _kernel.Memory.Forget();
        return new KernelUsage
        {
            Cpus = [.. (_perCpu.Online() ?? CpuSet.Empty).Select(TimesOf).OfType<CpuTimes>()],
            Load = Load(),
            TotalBytes = Pages("_totalram_pages", 0),
            FreeBytes = Pages("vm_zone_stat", IndexOf("NR_FREE_PAGES")),
            CachedBytes = Pages("vm_node_stat", IndexOf("NR_FILE_PAGES")),
            AnonymousBytes = Pages("vm_node_stat", IndexOf("NR_ANON_MAPPED")),
            SlabBytes = Pages("vm_node_stat", IndexOf("NR_SLAB_RECLAIMABLE_B")) + Pages("vm_node_stat", IndexOf("NR_SLAB_UNRECLAIMABLE_B")),
        };
    }

    private CpuTimes? TimesOf(int cpu)
    {
        Span<byte> bytes = stackalloc byte[MostStatistics * 8];
        bytes = bytes[.._timesSize];
        if (_perCpu.OffsetOf(cpu) is not ulong offset || !_kernel.Memory.TryRead(_times + offset, bytes))
        {
            return null;
        }

        return new CpuTimes(cpu, TimeOf(bytes, User), TimeOf(bytes, System), TimeOf(bytes, Interrupts));
    }

    private long? IndexOf(string name) => _indices.TryGetValue(name, out long index) ? index : null;

    // Garbage is at most a tenth of the longest time, so that sums of it are times too.
    private TimeSpan TimeOf(ReadOnlySpan<byte> times, string[] names)
    {
        TimeSpan sum = TimeSpan.Zero;
        foreach (string name in names)
        {
            if (IndexOf(name) is long index and >= 0 && index < times.Length / 8)
            {
                sum += KernelTime.Of(Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(times[(int)(index * 8)..]), long.MaxValue));
            }
        }

        return sum;
    }

    private (double One, double Five, double Fifteen)? Load()
    {
        Span<byte> bytes = stackalloc byte[24];
        if (_symbols.Find("avenrun") is not VirtualAddress address || !_kernel.Memory.TryRead(address, bytes))
        {
            return null;
        }

        return (At(bytes), At(bytes[8..]), At(bytes[16..]));

        static double At(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadUInt64LittleEndian(value) / (double)(1 << LoadShift);
    }

    // Counters of pages; they may be below zero for a moment, for each CPU adds its part later.
    private ulong? Pages(string symbol, long? index)
    {
        if (index is not (>= 0 and < 1024) || _symbols.Find(symbol) is not VirtualAddress address || _kernel.Memory.ReadUInt64(address + ((ulong)index * 8)) is not ulong pages)
        {
            return null;
        }

        return unchecked((long)pages) < 0 ? 0 : pages <= (ulong)long.MaxValue >> PageShift ? pages << PageShift : null;
    }
}
