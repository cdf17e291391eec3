using System.Globalization;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Linux.Machines;

/// <summary>Where the Boot Kernel may deliver its interrupts: <c>/proc/irq/N/smp_affinity_list</c>.</summary>
/// <remarks>
/// A driver that is bound again gets other interrupt numbers, and the old ones go to others, so interrupts are known by their source: the PCI function with the place among its MSI
/// vectors (<c>/sys/bus/pci/devices/BDF/msi_irqs</c>), else the name of the handler (<c>/sys/kernel/irq/N/actions</c>).
/// </remarks>
internal static class InterruptAffinityFiles
{
    private const string Folder = "/proc/irq";
    private const string Functions = "/sys/bus/pci/devices";
    private const string Nodes = "/sys/devices/system/node";

    public static IReadOnlyList<InterruptAffinity> Read(CpuSet cpus)
    {
        List<InterruptAffinity> affinities = [];
        CpuSet online = CpuHotplug.Online();
        foreach ((string source, int interrupt) in Sources().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (Affinity(interrupt) is CpuSet affinity && affinity.Overlaps(cpus))
            {
                affinities.Add(InterruptAffinity.Of(source, affinity, online, NodeOf(interrupt)));
            }
        }

        return affinities;
    }

    public static void Restore(IReadOnlyList<InterruptAffinity> affinities, CpuSet returned)
    {
        Dictionary<string, InterruptAffinity> before = affinities.ToDictionary(affinity => affinity.Source, StringComparer.Ordinal);
        CpuSet online = CpuHotplug.Online();
        foreach ((string source, int interrupt) in Sources())
        {
            if (Affinity(interrupt) is CpuSet now && InterruptAffinity.Restored(before.GetValueOrDefault(source), now, online, NodeOf(interrupt), returned) is CpuSet target)
            {
                // The kernel answers EIO for an interrupt whose affinity it manages itself; Parker has not changed that one.
                _ = KernelFile.TryWrite(AffinityFile(interrupt), target.ToString());
            }
        }
    }

    private static CpuSet? Affinity(int interrupt) =>
        CpuSet.TryParse(KernelFile.Read(AffinityFile(interrupt), $"read the affinity of interrupt {interrupt}"), null, out CpuSet? affinity) ? affinity : null;

    /// <summary>The online CPUs of an interrupt's node; empty where it has none (-1).</summary>
    private static CpuSet NodeOf(int interrupt)
    {
        string node = string.Create(CultureInfo.InvariantCulture, $"{Folder}/{interrupt}/node");
        if (!File.Exists(node))
        {
            return CpuSet.Empty;
        }

        string cpus = string.Create(CultureInfo.InvariantCulture, $"{Nodes}/node{KernelFile.Read(node, $"read the node of interrupt {interrupt}").Trim()}/cpulist");
        return File.Exists(cpus) && CpuSet.TryParse(KernelFile.Read(cpus, $"read the CPUs of the node of interrupt {interrupt}"), null, out CpuSet? set) ? set : CpuSet.Empty;
    }

    /// <summary>The interrupts by source; those that share a source with another are left out.</summary>
    private static Dictionary<string, int> Sources()
    {
        Dictionary<int, string> vectors = [];
        foreach (string function in Directory.EnumerateDirectories(Functions))
        {
            string folder = Path.Combine(function, "msi_irqs");
            if (Directory.Exists(folder))
            {
                int[] numbers = [.. Directory.EnumerateFiles(folder).Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture)).Order()];
                for (int vector = 0; vector < numbers.Length; vector++)
                {
                    vectors[numbers[vector]] = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(function)} vector {vector}");
                }
            }
        }

        return Directory.EnumerateDirectories(Folder)
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int interrupt) ? interrupt : -1)
            .Where(interrupt => interrupt >= 0 && File.Exists(AffinityFile(interrupt)))
            .Select(interrupt => (Interrupt: interrupt, Source: vectors.GetValueOrDefault(interrupt) ?? Handler(interrupt)))
            .Where(pair => pair.Source.Length > 0)
            .GroupBy(pair => pair.Source, StringComparer.Ordinal)
            .Where(group => group.Count() == 1)
            .ToDictionary(group => group.Key, group => group.Single().Interrupt, StringComparer.Ordinal);
    }

    /// <summary>The names of an interrupt's handlers; empty where it has none, and so is not in use.</summary>
    private static string Handler(int interrupt)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/sys/kernel/irq/{interrupt}/actions");
        return File.Exists(path) ? KernelFile.Read(path, $"read the handlers of interrupt {interrupt}").Trim() : "";
    }

    private static string AffinityFile(int interrupt) => string.Create(CultureInfo.InvariantCulture, $"{Folder}/{interrupt}/smp_affinity_list");
}
