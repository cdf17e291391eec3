using System.Text;

namespace Parker.Machine.Topology.Reading;

/// <summary>Reads <c>/proc/iomem</c>: a line for each resource, children indented by two blanks.</summary>
internal static class IomemReader
{
    private const string File = "/proc/iomem";

    /// <summary>The lines; none, and reported, where the kernel shows this reader zeros for all addresses.</summary>
    public static IReadOnlyList<MemoryResource> Read(SourceReader reader)
    {
        if (!reader.TryBytes(File, out byte[] content))
        {
            return [];
        }

        List<MemoryResource> resources = [];
        bool allZero = true;
        bool oddTold = false;
        foreach (ReadOnlySpan<char> line in Encoding.UTF8.GetString(content).AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                continue;
            }

            int depth = line.Length - line.TrimStart(' ').Length;
            int colon = line.IndexOf(" : ", StringComparison.Ordinal);
            if (colon < depth || !PhysicalRange.TryParse(line[depth..colon], out PhysicalRange range))
            {
                // One finding is enough: a file of another kind would give one for each of its lines.
                if (!oddTold)
                {
                    reader.Odd(File, Encoding.UTF8.GetBytes(line.ToString()), "a range of addresses and a name in each line");
                    oddTold = true;
                }

                continue;
            }

            allZero &= range.Start == PhysicalAddress.Zero && range.Length.Bytes == 1;
            resources.Add(new MemoryResource(range, line[(colon + 3)..].ToString(), depth / 2));
        }

        if (resources.Count > 0 && allZero)
        {
            reader.Diagnostics.Warning(
                "TOPO030",
                File,
                "The kernel shows zeros instead of addresses to users without CAP_SYS_ADMIN; what the Boot Kernel uses as RAM is not known.",
                "Run as root to see all of the machine.");
            return [];
        }

        return resources;
    }
}
