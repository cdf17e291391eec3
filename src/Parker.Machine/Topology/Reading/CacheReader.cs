using System.Globalization;

namespace Parker.Machine.Topology.Reading;

/// <summary>The caches from <c>/sys/devices/system/cpu/cpuN/cache/indexM</c>, each once.</summary>
internal static class CacheReader
{
    private const int MaxIndex = 16;

    public static IReadOnlyList<CpuCache> Read(SourceReader reader, IReadOnlyList<LogicalCpu> cpus)
    {
        List<CpuCache> caches = [];
        // A cache stands under the same index at each of the CPUs that share it: its files are read at the first of them only.
        bool[][] covered = [.. Enumerable.Range(0, MaxIndex).Select(_ => new bool[CpuSet.Capacity])];
        foreach (LogicalCpu cpu in cpus.Where(cpu => cpu.Online))
        {
            for (int index = 0; index < MaxIndex; index++)
            {
                if (covered[index][cpu.Number])
                {
                    continue;
                }

                string folder = string.Create(CultureInfo.InvariantCulture, $"/sys/devices/system/cpu/cpu{cpu.Number}/cache/index{index}/");
                if (reader.Source.TryRead(folder + "level", out byte[] level) == SourceStatus.Missing)
                {
                    break;
                }

                CpuCache? cache = ReadOne(reader, folder, cpu.Number, level);
                if (cache is null)
                {
                    continue;
                }

                caches.Add(cache);
                foreach (int sharer in cache.SharedBy)
                {
                    covered[index][sharer] = true;
                }
            }
        }

        return [.. caches.OrderBy(cache => cache.Level).ThenBy(cache => cache.Kind).ThenBy(cache => cache.SharedBy.First())];
    }

    private static CpuCache? ReadOne(SourceReader reader, string folder, int cpu, byte[] level)
    {
        if (!int.TryParse(SourceReader.TextOf(level), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            reader.Odd(folder + "level", level, "a decimal number");
            return null;
        }

        CpuCacheKind kind = reader.Text(folder + "type") switch
        {
            "Data" => CpuCacheKind.Data,
            "Instruction" => CpuCacheKind.Instruction,
            "Unified" => CpuCacheKind.Unified,
            _ => CpuCacheKind.Unknown,
        };
        string size = reader.Text(folder + "size") ?? "";
        if (!ByteSize.TryParse(size, CultureInfo.InvariantCulture, out ByteSize bytes) && size.Length > 0)
        {
            reader.Odd(folder + "size", System.Text.Encoding.UTF8.GetBytes(size), "a size");
        }

        CpuSet shared = (reader.CpuList(folder + "shared_cpu_list") ?? CpuSet.Empty).Union(CpuSet.Of(cpu));
        return new CpuCache(number, kind, bytes, shared);
    }
}
