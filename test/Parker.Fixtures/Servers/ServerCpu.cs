using Parker.Machine;

namespace Parker.Fixtures.Servers;

/// <summary>One hardware thread of a made-up server.</summary>
/// <param name="Number">The kernel's number.</param>
/// <param name="ApicId">Its APIC ID.</param>
/// <param name="Package">Its socket.</param>
/// <param name="Core">Its core within the package, as the kernel numbers it.</param>
/// <param name="Node">Its NUMA node.</param>
internal sealed record ServerCpu(int Number, uint ApicId, int Package, int Core, int Node)
{
    /// <summary>Whether the kernel runs on it.</summary>
    public bool Online { get; init; } = true;

    /// <summary>The numbers of <paramref name="cpus"/> as a cpulist, such as <c>0-63,128-191</c>.</summary>
    public static string List(IEnumerable<ServerCpu> cpus) => CpuSet.Of(cpus.Select(cpu => cpu.Number)).ToString();

    /// <summary>The same as the kernel's <c>%*pb</c>: groups of 32 bits in hexadecimal, the highest CPUs first.</summary>
    public static string Mask(IEnumerable<ServerCpu> cpus, int possible)
    {
        uint[] words = new uint[(possible + 31) / 32];
        foreach (ServerCpu cpu in cpus)
        {
            words[cpu.Number / 32] |= 1u << (cpu.Number % 32);
        }

        return string.Join(',', words.Reverse().Select(word => word.ToString("x8", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
