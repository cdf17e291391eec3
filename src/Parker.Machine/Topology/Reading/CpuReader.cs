using System.Globalization;

namespace Parker.Machine.Topology.Reading;

/// <summary>The present CPUs from <c>/sys/devices/system/cpu</c>.</summary>
/// <remarks>An offline CPU has no <c>topology</c> folder: what its neighbours and the APIC IDs prove is filled in, the rest stays unknown.</remarks>
internal static class CpuReader
{
    private const string Folder = "/sys/devices/system/cpu";
    private const uint ApicBase = 0x1b;
    private const ulong ApicBaseBootProcessor = 1 << 8;

    public static IReadOnlyList<LogicalCpu> Read(SourceReader reader, CpuInfo info, Madt madt, IReadOnlyDictionary<int, int> nodes, IReadOnlyList<string> log)
    {
        CpuSet infoCpus = CpuSet.Of(info.ApicIds.Keys);
        CpuSet? told = reader.CpuList(Folder + "/present");
        if (told is null)
        {
            reader.Missing(Folder + "/present", "only the CPUs of /proc/cpuinfo are known");
        }

        CpuSet online = reader.CpuList(Folder + "/online") ?? infoCpus;
        CpuSet present = (told ?? CpuSet.Empty).Union(online);
        IReadOnlyDictionary<int, Finding<ApicId?>> ids = ApicIdMap.Read(reader, present, info, madt, log);
        int boot = BootProcessor(reader.Source, online);
        CpuPlaces places = CpuPlaces.Read(reader, present, online, ids);

        List<LogicalCpu> cpus = new(present.Count);
        foreach (int cpu in present)
        {
            CpuPlace place = places[cpu];
            cpus.Add(new LogicalCpu
            {
                Number = cpu,
                Online = online.Contains(cpu),
                ApicId = ids[cpu],
                Package = place.Package,
                Die = place.Die,
                Core = place.Core,
                Siblings = place.Siblings,
                Node = nodes.GetValueOrDefault(cpu),
                CanGoOffline = CanGoOffline(reader.Source, cpu, cpu == boot),
                IsBootstrapProcessor = cpu == boot,
            });
        }

        return cpus;
    }

    private static Finding<bool?> CanGoOffline(IMachineSource source, int cpu, bool isBoot)
    {
        if (isBoot)
        {
            return new Finding<bool?>(false, "it is the bootstrap processor: after an INIT it would restart the firmware");
        }

        string path = string.Create(CultureInfo.InvariantCulture, $"{Folder}/cpu{cpu}/online");
        bool exists = source.Exists(path);
        return new Finding<bool?>(exists, exists ? $"{path} exists" : $"{path}: missing");
    }

    // Linux gives number 0 to the CPU that it boots on; only a kernel that was started by another one (kdump) boots on another than the bootstrap processor.
    private static int BootProcessor(IMachineSource source, CpuSet online)
    {
        if (source.TryReadMsr(0, ApicBase, out ulong first) != SourceStatus.Ok || (first & ApicBaseBootProcessor) != 0)
        {
            return 0;
        }

        foreach (int cpu in online)
        {
            if (source.TryReadMsr(cpu, ApicBase, out ulong value) == SourceStatus.Ok && (value & ApicBaseBootProcessor) != 0)
            {
                return cpu;
            }
        }

        return 0;
    }
}
