using System.Buffers.Binary;
using System.Globalization;
using Parker.Machine.Topology.Acpi;

namespace Parker.Machine.Topology.Reading;

/// <summary>The NUMA nodes from <c>/sys/devices/system/node</c> and the SRAT.</summary>
/// <remarks>
/// The kernel numbers nodes by itself; which proximity domain of the firmware a node is, is taken from its CPUs (whose domain the SRAT tells by APIC ID), else from
/// the kernel log (<c>SRAT: Node 1 PXM 4 [mem ...]</c>), else, where one node and one domain are left, from that.
/// </remarks>
internal sealed class NodeReader
{
    private const string Folder = "/sys/devices/system/node";

    private readonly SourceReader _reader;
    private readonly List<int> _numbers = [];
    private readonly Dictionary<int, int> _nodeOfCpu = [];
    private readonly Dictionary<int, uint> _domains = [];

    private NodeReader(SourceReader reader) => _reader = reader;

    /// <summary>The node of each online CPU.</summary>
    public IReadOnlyDictionary<int, int> NodeOfCpu => _nodeOfCpu;

    /// <summary>Reads which nodes there are and which online CPUs are theirs.</summary>
    /// <remarks>The folder of a node is never listed: it has a name for each block of memory, which are tens of thousands on a large server.</remarks>
    public static NodeReader Start(SourceReader reader)
    {
        NodeReader nodes = new(reader);
        nodes._numbers.AddRange(reader.CpuList(Folder + "/online") ?? CpuSet.Empty);
        foreach (int number in nodes._numbers)
        {
            foreach (int cpu in reader.CpuList(string.Create(CultureInfo.InvariantCulture, $"{Folder}/node{number}/cpulist")) ?? CpuSet.Empty)
            {
                nodes._nodeOfCpu[cpu] = number;
            }
        }

        return nodes;
    }

    /// <summary>Puts offline CPUs where the kernel links them, else where the SRAT has them.</summary>
    public IReadOnlyList<LogicalCpu> Place(IReadOnlyList<LogicalCpu> cpus, Srat srat, IReadOnlyList<string> log)
    {
        foreach (LogicalCpu cpu in cpus.Where(cpu => _numbers.Count > 1 && !_nodeOfCpu.ContainsKey(cpu.Number)))
        {
            // cpulist has online CPUs only; the link from the node to the CPU stays.
            int node = _numbers.FindIndex(number => _reader.Source.Exists(string.Create(CultureInfo.InvariantCulture, $"{Folder}/node{number}/cpu{cpu.Number}")));
            if (node >= 0)
            {
                _nodeOfCpu[cpu.Number] = _numbers[node];
            }
        }

        MapDomains(cpus, srat, log);
        Dictionary<uint, int> nodes = [];
        foreach ((int node, uint domain) in _domains)
        {
            nodes[domain] = node;
        }

        List<LogicalCpu> placed = new(cpus.Count);
        foreach (LogicalCpu cpu in cpus)
        {
            int node = _numbers.Count == 1 ? _numbers[0] : 0;
            if (_numbers.Count > 1
                && !_nodeOfCpu.TryGetValue(cpu.Number, out node)
                && cpu.ApicId.Value is ApicId id
                && srat.Cpus.TryGetValue(id, out uint domain)
                && nodes.TryGetValue(domain, out node))
            {
                _nodeOfCpu[cpu.Number] = node;
            }

            placed.Add(cpu.Node == node ? cpu : cpu with { Node = node });
        }

        return placed;
    }

    /// <summary>The nodes, once CPUs and memory are known.</summary>
    public IReadOnlyList<NumaNode> Finish(IReadOnlyList<LogicalCpu> cpus, Srat srat, MemoryMap memory, IReadOnlyList<string> log)
    {
        PhysicalRangeSet ram = PhysicalRangeSet.Of(memory.Firmware.Where(range => range.Type == FirmwareMapReader.SystemRam).Select(range => range.Range));
        if (ram.IsEmpty)
        {
            ram = memory.SystemRam;
        }

        IReadOnlyList<(PhysicalRange Range, uint Domain)> affinities = srat.Memory.Count > 0 ? srat.Memory : MemoryFromLog(log);
        if (_numbers.Count <= 1)
        {
            int number = _numbers.Count == 0 ? 0 : _numbers[0];
            ByteSize used = _numbers.Count == 0 ? memory.SystemRam.TotalLength : ReadMemTotal(number);
            return [new NumaNode(number, Domain(number), CpuSet.Of(cpus.Select(cpu => cpu.Number)), ram, used, [10])];
        }

        Slit? slit = null;
        List<NumaNode> nodes = [];
        foreach (int number in _numbers)
        {
            uint? domain = Domain(number);
            PhysicalRangeSet ranges = domain is uint known
                ? PhysicalRangeSet.Of(affinities.Where(affinity => affinity.Domain == known).Select(affinity => affinity.Range)).Intersect(ram)
                : PhysicalRangeSet.Empty;
            IReadOnlyList<int> distances = ReadDistances(number) ?? (slit ??= Slit.Read(_reader)).Distances(domain, [.. _numbers.Select(Domain)]);
            nodes.Add(new NumaNode(
                number,
                domain,
                CpuSet.Of(cpus.Where(cpu => cpu.Node == number).Select(cpu => cpu.Number)),
                ranges,
                ReadMemTotal(number),
                distances));
        }

        return nodes;
    }

    private uint? Domain(int node) => _domains.TryGetValue(node, out uint domain) ? domain : null;

    private void MapDomains(IReadOnlyList<LogicalCpu> cpus, Srat srat, IReadOnlyList<string> log)
    {
        foreach (LogicalCpu cpu in cpus)
        {
            if (_nodeOfCpu.TryGetValue(cpu.Number, out int node) && cpu.ApicId.Value is ApicId id && srat.Cpus.TryGetValue(id, out uint domain))
            {
                _domains.TryAdd(node, domain);
            }
        }

        foreach (string line in log)
        {
            if (TryParseSratLine(line, out int node, out uint domain, out _) && _numbers.Contains(node))
            {
                _domains.TryAdd(node, domain);
            }
        }

        List<int> nodesLeft = _numbers.FindAll(node => !_domains.ContainsKey(node));
        List<uint> domainsLeft = [.. srat.Memory.Select(affinity => affinity.Domain).Concat(srat.Cpus.Values).Distinct().Where(domain => !_domains.ContainsValue(domain))];
        if (nodesLeft.Count == 1 && domainsLeft.Count == 1)
        {
            _domains[nodesLeft[0]] = domainsLeft[0];
        }
    }

    private static List<(PhysicalRange Range, uint Domain)> MemoryFromLog(IReadOnlyList<string> log)
    {
        List<(PhysicalRange, uint)> memory = [];
        foreach (string line in log)
        {
            if (TryParseSratLine(line, out _, out uint domain, out PhysicalRange range))
            {
                memory.Add((range, domain));
            }
        }

        return memory;
    }

    // "ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x0009ffff]"
    private static bool TryParseSratLine(string line, out int node, out uint domain, out PhysicalRange range)
    {
        node = 0;
        domain = 0;
        range = default;
        int start = line.IndexOf("SRAT: Node ", StringComparison.Ordinal);
        if (start < 0)
        {
            return false;
        }

        string[] words = line[start..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 7
            && words[3] == "PXM"
            && words[5] == "[mem"
            && int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out node)
            && uint.TryParse(words[4], NumberStyles.None, CultureInfo.InvariantCulture, out domain)
            && PhysicalRange.TryParse(words[6].TrimEnd(']'), out range);
    }

    // "Node 0 MemTotal:       16315272 kB"
    private ByteSize ReadMemTotal(int number)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"{Folder}/node{number}/meminfo");
        if (_reader.Text(path) is not string text)
        {
            return ByteSize.Zero;
        }

        foreach (string line in text.Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 4
                && words[2] == "MemTotal:"
                && ulong.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out ulong kibibytes)
                && kibibytes < 1UL << 53)
            {
                return new ByteSize(kibibytes << 10);
            }
        }

        return ByteSize.Zero;
    }

    private List<int>? ReadDistances(int number)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"{Folder}/node{number}/distance");
        if (_reader.Text(path) is not string text)
        {
            return null;
        }

        List<int> distances = [];
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int distance))
            {
                break;
            }

            distances.Add(distance);
        }

        if (distances.Count == _numbers.Count)
        {
            return distances;
        }

        _reader.Odd(path, System.Text.Encoding.UTF8.GetBytes(text), "a distance for each node");
        return null;
    }

    // The firmware's distances: for kernels that do not show theirs. The number of domains (8 bytes), then a byte for each pair, a row after the other.
    private sealed class Slit
    {
        private byte[] _matrix = [];
        private int _count;

        public static Slit Read(SourceReader reader)
        {
            Slit slit = new();
            if (AcpiTable.Read(reader.Source, "SLIT", reader.Diagnostics) is AcpiTable table && table.Body.Length >= 8)
            {
                ulong count = BinaryPrimitives.ReadUInt64LittleEndian(table.Body);
                if (count <= 1024 && table.Body.Length - 8 >= (int)(count * count))
                {
                    slit._count = (int)count;
                    slit._matrix = table.Body[8..].ToArray();
                }
                else
                {
                    reader.Diagnostics.Warning("TOPO013", table.Place, "The ACPI table is too short for the number of domains that it tells; it is not used.");
                }
            }

            return slit;
        }

        public IReadOnlyList<int> Distances(uint? from, uint?[] to) => from is uint row && row < _count && Array.TrueForAll(to, domain => domain < _count)
            ? [.. to.Select(column => (int)_matrix[(int)((row * (uint)_count) + column!.Value)])]
            : [];
    }
}
