using System.Globalization;

namespace Parker.Machine.Topology.Reading;

/// <summary>Finds the APIC ID of every present CPU, also of those that are offline, from what can be proven.</summary>
/// <remarks>
/// An online CPU's ID stands in <c>/proc/cpuinfo</c>. Of an offline one, in this order:
/// <list type="number">
/// <item>its ACPI node (<c>firmware_node/uid</c>) names the ACPI processor UID, and the MADT that UID's APIC ID;</item>
/// <item>the kernel log tells it when a CPU was brought up after boot (<c>Booting Node 0 Processor 3 APIC 0x3</c>);</item>
/// <item>the kernel numbers CPUs in the order of the MADT's enabled entries, the boot CPU first (arch/x86/kernel/cpu/topology.c). Whether it takes type 0 entries
/// before type 9 entries depends on its version (arch/x86/kernel/acpi/boot.c), so both orders are tried, and one counts only where every CPU whose ID is certain agrees
/// with it and no other order that agrees says otherwise;</item>
/// <item>one offline CPU and one enabled entry are left.</item>
/// </list>
/// What two of these tell differently, or give to two CPUs, stays unknown.
/// </remarks>
internal sealed class ApicIdMap
{
    private readonly Madt _madt;
    private readonly Dictionary<int, Finding<ApicId?>> _found = [];

    private ApicIdMap(Madt madt) => _madt = madt;

    /// <summary>The ID of each CPU in <paramref name="present"/>.</summary>
    public static IReadOnlyDictionary<int, Finding<ApicId?>> Read(SourceReader reader, CpuSet present, CpuInfo info, Madt madt, IReadOnlyList<string> log)
    {
        ApicIdMap map = new(madt);
        List<int> offline = [];
        foreach (int cpu in present)
        {
            if (info.ApicIds.TryGetValue(cpu, out ApicId id))
            {
                map._found[cpu] = new Finding<ApicId?>(id, "/proc/cpuinfo: apicid");
            }
            else
            {
                offline.Add(cpu);
            }
        }

        if (offline.Count > 0)
        {
            map.FindOffline(reader, offline, log);
        }

        return map._found;
    }

    private void FindOffline(SourceReader reader, List<int> offline, IReadOnlyList<string> log)
    {
        Dictionary<int, ApicId> logged = ReadLog(log);
        foreach (int cpu in offline)
        {
            if ((FromFirmwareNode(reader, cpu) ?? FromLog(logged, cpu)) is Finding<ApicId?> finding)
            {
                _found[cpu] = finding;
            }
        }

        // An order must agree with all that is known better.
        Dictionary<int, ApicId> certain = _found.ToDictionary(pair => pair.Key, pair => pair.Value.Value!.Value);
        List<List<ApicId>> orders = AgreeingOrders(certain);
        foreach (int cpu in offline.Where(cpu => !_found.ContainsKey(cpu)).ToList())
        {
            _found[cpu] = FromOrder(orders, cpu, certain.Count)
                ?? new Finding<ApicId?>(null, "the CPU is offline, and neither its ACPI node, the kernel log nor the MADT tells its APIC ID for certain");
        }

        TakeTheLastOne(offline);
        DropContradictions(reader, offline);
    }

    private Finding<ApicId?>? FromFirmwareNode(SourceReader reader, int cpu)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/sys/devices/system/cpu/cpu{cpu}/firmware_node/uid");
        if (_madt.Processors.Count == 0
            || reader.Source.TryRead(path, out byte[] content) != SourceStatus.Ok
            || !uint.TryParse(SourceReader.TextOf(content), NumberStyles.None, CultureInfo.InvariantCulture, out uint uid))
        {
            return null;
        }

        List<ApicId> ids = [.. _madt.Processors.Where(entry => entry.Processor.Uid == uid && entry.Processor.Enabled).Select(entry => entry.Processor.ApicId).Distinct()];
        return ids.Count == 1
            ? new Finding<ApicId?>(ids[0], string.Create(CultureInfo.InvariantCulture, $"{path}: {uid}, which the MADT gives this APIC ID"))
            : null;
    }

    // "smpboot: Booting Node 0 Processor 3 APIC 0x3"; the last line for a CPU counts.
    private static Dictionary<int, ApicId> ReadLog(IReadOnlyList<string> log)
    {
        Dictionary<int, ApicId> ids = [];
        foreach (string line in log)
        {
            int start = line.IndexOf("Booting Node ", StringComparison.Ordinal);
            if (start < 0)
            {
                continue;
            }

            string[] words = line[start..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 7
                && words[3] == "Processor"
                && words[5] == "APIC"
                && words[6].StartsWith("0x", StringComparison.Ordinal)
                && int.TryParse(words[4], NumberStyles.None, CultureInfo.InvariantCulture, out int cpu)
                && uint.TryParse(words[6].AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint id))
            {
                ids[cpu] = new ApicId(id);
            }
        }

        return ids;
    }

    private static Finding<ApicId?>? FromLog(Dictionary<int, ApicId> logged, int cpu) =>
        logged.TryGetValue(cpu, out ApicId id) ? new Finding<ApicId?>(id, "kernel log: brought up after boot with this APIC ID") : null;

    // Each order is the APIC IDs by CPU number.
    private List<List<ApicId>> AgreeingOrders(Dictionary<int, ApicId> certain)
    {
        List<List<ApicId>> agreeing = [];
        if (!certain.TryGetValue(0, out ApicId boot))
        {
            return agreeing;
        }

        List<(MadtProcessor Processor, bool IsX2apicEntry)> enabled = [.. _madt.Processors.Where(entry => entry.Processor.Enabled)];
        IEnumerable<ApicId>[] candidates =
        [
            enabled.Select(entry => entry.Processor.ApicId),
            enabled.OrderBy(entry => entry.IsX2apicEntry).Select(entry => entry.Processor.ApicId),
        ];
        foreach (IEnumerable<ApicId> candidate in candidates)
        {
            List<ApicId> order = [boot, .. candidate.Where(id => id != boot).Distinct()];
            if (certain.All(pair => pair.Key < order.Count && order[pair.Key] == pair.Value))
            {
                agreeing.Add(order);
            }
        }

        return agreeing;
    }

    private static Finding<ApicId?>? FromOrder(List<List<ApicId>> orders, int cpu, int agreeing)
    {
        if (orders.Count == 0 || orders.Exists(order => cpu >= order.Count || order[cpu] != orders[0][cpu]))
        {
            return null;
        }

        return new Finding<ApicId?>(
            orders[0][cpu],
            string.Create(CultureInfo.InvariantCulture, $"enabled processor {cpu} in the order of the MADT, with which the {agreeing} CPUs agree whose ID is certain"));
    }

    private void TakeTheLastOne(List<int> offline)
    {
        List<int> unknown = offline.FindAll(cpu => !_found[cpu].IsKnown);
        HashSet<ApicId> taken = [.. _found.Values.Where(finding => finding.IsKnown).Select(finding => finding.Value!.Value)];
        List<ApicId> left = [.. _madt.Processors.Where(entry => entry.Processor.Enabled).Select(entry => entry.Processor.ApicId).Distinct().Where(id => !taken.Contains(id))];
        if (unknown.Count == 1 && left.Count == 1)
        {
            _found[unknown[0]] = new Finding<ApicId?>(left[0], "the one enabled processor of the MADT that no other CPU is");
        }
    }

    private void DropContradictions(SourceReader reader, List<int> offline)
    {
        foreach (IGrouping<ApicId, int> same in _found.Where(pair => pair.Value.IsKnown).GroupBy(pair => pair.Value.Value!.Value, pair => pair.Key).Where(group => group.Count() > 1).ToList())
        {
            List<int> dropped = [.. same.Where(offline.Contains)];
            foreach (int cpu in dropped)
            {
                reader.Diagnostics.Warning(
                    "TOPO020",
                    string.Create(CultureInfo.InvariantCulture, $"/sys/devices/system/cpu/cpu{cpu}"),
                    $"APIC ID {same.Key} would belong to CPUs {CpuSet.Of(same)}; that of the offline CPU is taken as unknown.",
                    "Bring the CPU online once: the kernel then tells its APIC ID.");
                _found[cpu] = new Finding<ApicId?>(null, $"APIC ID {same.Key} ({_found[cpu].Evidence}) is also that of another CPU");
            }
        }
    }
}
