using System.Globalization;

namespace Parker.Machine.Topology.Reading;

/// <summary>Packages, dies, cores and sibling threads of all present CPUs.</summary>
/// <remarks>
/// The kernel tells them for online CPUs. An APIC ID is a row of bit fields, the thread lowest and the package highest (Intel SDM volume 3, "Hierarchical Mapping of
/// Shared Resources"; AMD the same), so the widths that the online CPUs show place an offline CPU: the threads of one core differ only below the thread width, and
/// a CPU belongs to a package where its upper bits are those of an online CPU of that package.
/// </remarks>
internal sealed class CpuPlaces
{
    private readonly Dictionary<int, CpuPlace> _places = [];

    public CpuPlace this[int cpu] => _places[cpu];

    public static CpuPlaces Read(SourceReader reader, CpuSet present, CpuSet online, IReadOnlyDictionary<int, Finding<ApicId?>> ids)
    {
        CpuPlaces places = new();
        places.ReadOnline(reader, online);
        CpuSet offline = present.Except(online);
        if (!offline.IsEmpty)
        {
            places.PlaceOffline(reader, offline, ids);
        }

        return places;
    }

    private void ReadOnline(SourceReader reader, CpuSet online)
    {
        Dictionary<int, CpuSet> siblings = [];
        foreach (int cpu in online)
        {
            string folder = string.Create(CultureInfo.InvariantCulture, $"/sys/devices/system/cpu/cpu{cpu}/topology/");
            if (!siblings.TryGetValue(cpu, out CpuSet? threads))
            {
                // The siblings share one set, and their own files, which say the same, are not read.
                threads = (reader.CpuList(folder + "thread_siblings_list") ?? CpuSet.Empty).Intersect(online).Union(CpuSet.Of(cpu));
                foreach (int sibling in threads)
                {
                    siblings[sibling] = threads;
                }
            }

            _places[cpu] = new CpuPlace(
                reader.Integer(folder + "physical_package_id") ?? -1,
                Math.Max(reader.Integer(folder + "die_id") ?? 0, 0),
                reader.Integer(folder + "core_id") ?? -1,
                threads);
        }
    }

    private void PlaceOffline(SourceReader reader, CpuSet offline, IReadOnlyDictionary<int, Finding<ApicId?>> ids)
    {
        Dictionary<int, uint> known = [];
        foreach ((int cpu, Finding<ApicId?> finding) in ids)
        {
            if (finding.Value is ApicId id)
            {
                known[cpu] = id.Value;
            }
        }

        List<int> online = [.. _places.Keys.Where(known.ContainsKey)];
        int threadWidth = ThreadWidth(reader, online, known);
        int packageWidth = PackageWidth(online, known);
        foreach (int cpu in offline)
        {
            _places[cpu] = new CpuPlace(-1, 0, -1, CpuSet.Of(cpu));
        }

        foreach (IGrouping<ulong, int> core in known.Keys.Where(_places.ContainsKey).GroupBy(cpu => (ulong)known[cpu] >> threadWidth).Where(group => group.Any(offline.Contains)))
        {
            CpuSet members = CpuSet.Of(core);
            int seen = core.Where(cpu => !offline.Contains(cpu)).DefaultIfEmpty(-1).First();
            foreach (int cpu in core)
            {
                CpuPlace place = offline.Contains(cpu) && seen >= 0 ? _places[seen] : _places[cpu];
                _places[cpu] = place with { Siblings = members.Union(_places[cpu].Siblings) };
            }
        }

        Dictionary<ulong, int> packages = [];
        foreach (int cpu in online)
        {
            packages[(ulong)known[cpu] >> packageWidth] = _places[cpu].Package;
        }

        foreach (int cpu in offline)
        {
            if (_places[cpu].Package < 0 && known.TryGetValue(cpu, out uint id) && packages.TryGetValue((ulong)id >> packageWidth, out int package))
            {
                _places[cpu] = _places[cpu] with { Package = package };
            }
        }
    }

    // The narrowest width under which all siblings that are online share their upper bits. Where no core shows two threads, every second thread may be what is
    // offline: then the kernel's word on SMT decides, and x86 servers have two threads to a core.
    private int ThreadWidth(SourceReader reader, List<int> online, Dictionary<int, uint> known)
    {
        int width = 0;
        foreach (int cpu in online)
        {
            foreach (int sibling in _places[cpu].Siblings)
            {
                while (width < 32 && known.TryGetValue(sibling, out uint other) && (ulong)known[cpu] >> width != (ulong)other >> width)
                {
                    width++;
                }
            }
        }

        bool smt = reader.Text("/sys/devices/system/cpu/smt/control") is "on" or "off" or "forceoff";
        return width == 0 && smt ? 1 : width;
    }

    // The narrowest width under which each package's online CPUs share their upper bits.
    private int PackageWidth(List<int> online, Dictionary<int, uint> known)
    {
        int width = 0;
        foreach (IGrouping<int, int> package in online.GroupBy(cpu => _places[cpu].Package))
        {
            uint first = known[package.First()];
            foreach (int cpu in package)
            {
                while (width < 32 && (ulong)first >> width != (ulong)known[cpu] >> width)
                {
                    width++;
                }
            }
        }

        return width;
    }
}
