namespace Parker.Inspect.Tests.Synthetic;

/// <summary>A synthetic kernel with two CPUs, the second offline, that has what facts and usage are read from.</summary>
internal static class MeasuredKernel
{
    public const int Jiffies = 0x52000;
    public const int Taint = 0x52008;
    public const int OnlineMask = 0x52010;
    public const int CpuCount = 0x52018;

    public const int SystemState = 0x5201C;

    private const int CommandLinePointer = 0x52020;
    private const int CommandLine = 0x52100;
    private const int Clock = 0x52030;
    private const int Offsets = 0x52040;
    private const int Load = 0x52060;
    private const int Total = 0x52080;
    private const int ZoneStatistics = 0x52090;
    private const int NodeStatistics = 0x520A0;
    private const int Times = 0x53000;
    private const int CpuStride = 0x1000;

    /// <summary>Writes it all; jiffies of a kernel with 250 ticks a second that runs for 100 s.</summary>
    public static void Write(SyntheticKernel kernel, params (string Name, ulong Address)[] more)
    {
        const ulong image = SyntheticKernel.Image;
        TypeTables types = new();
        int word = types.Integer("unsigned long", 8);
        int half = types.Integer("unsigned int", 4);
        types.Structure("kernel_cpustat", 40, ("cpustat", types.Array(word, 5), 0));
        types.Structure("clocksource", 32, ("mult", half, 8), ("shift", half, 12));
        types.Enumeration(("CPUTIME_USER", 0), ("CPUTIME_NICE", 1), ("CPUTIME_SYSTEM", 2), ("CPUTIME_SOFTIRQ", 3), ("CPUTIME_IRQ", 4));
        types.Enumeration(("SYSTEM_BOOTING", 0), ("SYSTEM_FREEING_INITMEM", 2), ("SYSTEM_RUNNING", 3), ("SYSTEM_HALT", 4));
        types.Enumeration(("NR_FREE_PAGES", 0));
        types.Enumeration(("NR_FILE_PAGES", 0), ("NR_ANON_MAPPED", 1), ("NR_SLAB_RECLAIMABLE_B", 2), ("NR_SLAB_UNRECLAIMABLE_B", 3));
        ThreadTables.AddTypes(types);
        SymbolTables.Write(
            kernel,
            types,
            hasAbsoluteSymbols: true,
            [
                ("kernel_cpustat", 0x2000),
                ("jiffies_64", image + Jiffies),
                ("tainted_mask", image + Taint),
                ("saved_command_line", image + CommandLinePointer),
                ("clocksource_jiffies", image + Clock),
                ("__per_cpu_offset", image + Offsets),
                ("__cpu_online_mask", image + OnlineMask),
                ("nr_cpu_ids", image + CpuCount),
                ("system_state", image + SystemState),
                ("avenrun", image + Load),
                ("_totalram_pages", image + Total),
                ("vm_zone_stat", image + ZoneStatistics),
                ("vm_node_stat", image + NodeStatistics),
                .. more,
            ]);
        kernel.Word(Jiffies, (1UL << 32) - (300 * 250) + (100 * 250));
        kernel.Word(Taint, (1 << 0) | (1 << 9));
        kernel.Word(OnlineMask, 1);
        kernel.Half(CpuCount, 2);
        kernel.Word(CommandLinePointer, image + CommandLine);
        "root=/dev/nvme0n1 quiet\0"u8.CopyTo(kernel.Memory.Bytes.AsSpan(CommandLine));
        kernel.Half(Clock + 8, 4_000_000 << 8);
        kernel.Half(Clock + 12, 8);
        kernel.Word(Load, 2048 + 512);
        kernel.Word(Load + 8, 1024);
        kernel.Word(Load + 16, 0);
        kernel.Word(Total, 1000);
        kernel.Word(ZoneStatistics, 400);
        kernel.Word(NodeStatistics, 300);
        kernel.Word(NodeStatistics + 8, ulong.MaxValue);
        kernel.Word(NodeStatistics + 16, 20);
        kernel.Word(NodeStatistics + 24, 30);
        for (int cpu = 0; cpu < 2; cpu++)
        {
            kernel.Word(Offsets + (cpu * 8), image + Times - 0x2000 + (ulong)(cpu * CpuStride));
        }

        SetTimes(kernel, 0, 1, 2, 3, 4, 5);
    }

    /// <summary>Sets the times of a CPU, in seconds: user, nice, system, soft interrupts, interrupts.</summary>
    public static void SetTimes(SyntheticKernel kernel, int cpu, params ulong[] seconds)
    {
        for (int i = 0; i < seconds.Length; i++)
        {
            kernel.Word(Times + (cpu * CpuStride) + (i * 8), seconds[i] * 1_000_000_000);
        }
    }
}
