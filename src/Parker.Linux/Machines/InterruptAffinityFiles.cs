using System.Globalization;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Linux.Machines;

/// <summary>Where the Boot Kernel may deliver its interrupts: <c>/proc/irq/N/smp_affinity_list</c>.</summary>
internal static class InterruptAffinityFiles
{
    private const string Folder = "/proc/irq";

    public static IReadOnlyList<InterruptAffinity> Read(CpuSet cpus)
    {
        List<InterruptAffinity> affinities = [];
        foreach (string folder in Directory.EnumerateDirectories(Folder))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int interrupt)
                && File.Exists(AffinityFile(interrupt))
                && CpuSet.TryParse(KernelFile.Read(AffinityFile(interrupt), $"read the affinity of interrupt {interrupt}"), null, out CpuSet? affinity)
                && affinity.Overlaps(cpus))
            {
                affinities.Add(new InterruptAffinity(interrupt, affinity));
            }
        }

        affinities.Sort((left, right) => left.Interrupt.CompareTo(right.Interrupt));
        return affinities;
    }

    public static void Restore(IReadOnlyList<InterruptAffinity> affinities)
    {
        foreach (InterruptAffinity affinity in affinities)
        {
            // The kernel answers EIO for an interrupt whose affinity it manages itself, and an interrupt may be gone; neither was changed by Parker.
            _ = KernelFile.TryWrite(AffinityFile(affinity.Interrupt), affinity.Cpus.ToString());
        }
    }

    private static string AffinityFile(int interrupt) => string.Create(CultureInfo.InvariantCulture, $"{Folder}/{interrupt}/smp_affinity_list");
}
