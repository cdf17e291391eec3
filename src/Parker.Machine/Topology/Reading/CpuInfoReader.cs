using System.Buffers.Text;
using System.Text;

namespace Parker.Machine.Topology.Reading;

/// <summary>Reads <c>/proc/cpuinfo</c>: a paragraph for each online CPU, lines <c>name : value</c>.</summary>
internal static class CpuInfoReader
{
    private const string File = "/proc/cpuinfo";

    public static CpuInfo Read(SourceReader reader)
    {
        Parser parser = new();
        if (!reader.TryBytes(File, out byte[] content))
        {
            reader.Missing(File, "neither the processor nor the APIC IDs of online CPUs are known");
        }

        parser.Read(content);
        return parser.Result();
    }

    private sealed class Parser
    {
        private readonly Dictionary<int, ApicId> _apicIds = [];
        private readonly SortedSet<ulong> _microcode = [];
        private string _vendor = "";
        private string _model = "";
        private HashSet<string>? _flags;
        private byte[] _lastFlags = [];
        private int _physicalBits;
        private int _virtualBits;
        private int _cpu = -1;

        public void Read(ReadOnlySpan<byte> content)
        {
            while (!content.IsEmpty)
            {
                int end = content.IndexOf((byte)'\n');
                ReadOnlySpan<byte> line = end < 0 ? content : content[..end];
                content = end < 0 ? default : content[(end + 1)..];
                int colon = line.IndexOf((byte)':');
                if (colon > 0)
                {
                    Take(line[..colon].TrimEnd("\t "u8), line[(colon + 1)..].Trim(" \t\r"u8));
                }
            }
        }

        public CpuInfo Result() => new(
            new ProcessorFacts
            {
                Vendor = _vendor,
                ModelName = _model,
                Flags = _flags ?? [],
                MicrocodeRevisions = [.. _microcode],
                PhysicalAddressBits = _physicalBits,
                VirtualAddressBits = _virtualBits,
            },
            _apicIds);

        private void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            if (name.SequenceEqual("processor"u8))
            {
                _cpu = Utf8Parser.TryParse(value, out int cpu, out int used) && used == value.Length && cpu is >= 0 and < CpuSet.Capacity ? cpu : -1;
            }
            else if (name.SequenceEqual("apicid"u8))
            {
                if (_cpu >= 0 && Utf8Parser.TryParse(value, out uint id, out int used) && used == value.Length)
                {
                    _apicIds[_cpu] = new ApicId(id);
                }
            }
            else if (name.SequenceEqual("flags"u8))
            {
                TakeFlags(value);
            }
            else if (name.SequenceEqual("microcode"u8))
            {
                if (value.StartsWith("0x"u8) && Utf8Parser.TryParse(value[2..], out ulong revision, out int used, 'x') && used == value.Length - 2)
                {
                    _microcode.Add(revision);
                }
            }
            else if (_vendor.Length == 0 && name.SequenceEqual("vendor_id"u8))
            {
                _vendor = Encoding.UTF8.GetString(value);
            }
            else if (_model.Length == 0 && name.SequenceEqual("model name"u8))
            {
                _model = Encoding.UTF8.GetString(value);
            }
            else if (_physicalBits == 0 && name.SequenceEqual("address sizes"u8))
            {
                TakeAddressSizes(value);
            }
        }

        // Nearly always all CPUs have the same line: only a different one costs work.
        private void TakeFlags(ReadOnlySpan<byte> value)
        {
            if (_flags is not null && value.SequenceEqual(_lastFlags))
            {
                return;
            }

            _lastFlags = value.ToArray();
            HashSet<string> flags = new(Encoding.UTF8.GetString(value).Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
            if (_flags is null)
            {
                _flags = flags;
            }
            else
            {
                _flags.IntersectWith(flags);
            }
        }

        // "46 bits physical, 57 bits virtual"
        private void TakeAddressSizes(ReadOnlySpan<byte> value)
        {
            int comma = value.IndexOf((byte)',');
            if (comma > 0
                && Utf8Parser.TryParse(value, out int physical, out _)
                && Utf8Parser.TryParse(value[(comma + 1)..].TrimStart(" "u8), out int linear, out _)
                && physical is > 0 and <= 64
                && linear is > 0 and <= 64)
            {
                _physicalBits = physical;
                _virtualBits = linear;
            }
        }
    }
}
