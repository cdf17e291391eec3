using System.Buffers.Text;
using Parker.Machine.Diagnostics;

namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Reads sysfs <c>resource</c>: a line <c>start end flags</c> for each BAR, ROM and bridge window, all hexadecimal with 0x.</summary>
internal static class PciResourceReader
{
    // include/linux/ioport.h
    private const ulong IoresourceIo = 0x100;
    private const ulong IoresourceMem = 0x200;
    private const ulong IoresourcePrefetch = 0x2000;
    private const ulong IoresourceMem64 = 0x0010_0000;
    private const ulong IoresourceDisabled = 0x1000_0000;
    private const ulong IoresourceUnset = 0x2000_0000;

    // DEVICE_COUNT_RESOURCE is 17 at most; more lines are no resources.
    private const int MaxLines = 32;

    /// <summary>The resources in use, by line.</summary>
    public static List<PciResource> Read(string path, ReadOnlySpan<byte> content, DiagnosticBag diagnostics)
    {
        List<PciResource> resources = [];
        for (int index = 0; index < MaxLines && !content.IsEmpty; index++)
        {
            int end = content.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? content : content[..end];
            content = end < 0 ? default : content[(end + 1)..];
            if (!TryLine(line, out ulong first, out ulong last, out ulong flags))
            {
                diagnostics.Warning("TOPO102", path, $"Line {index + 1} is no resource (start, end and flags in hexadecimal); it is not used.");
                continue;
            }

            bool inUse = (flags & (IoresourceIo | IoresourceMem)) != 0 && (flags & (IoresourceDisabled | IoresourceUnset)) == 0 && last != 0;
            if (!inUse)
            {
                continue;
            }

            if (last < first || last == ulong.MaxValue)
            {
                diagnostics.Warning("TOPO102", path, $"Line {index + 1} is a resource from 0x{first:x} to 0x{last:x}, which cannot be; it is not used.");
                continue;
            }

            resources.Add(new PciResource(
                index,
                PhysicalRange.FromInclusive(new PhysicalAddress(first), new PhysicalAddress(last)),
                IsIo: (flags & IoresourceIo) != 0,
                IsPrefetchable: (flags & IoresourcePrefetch) != 0,
                Is64Bit: (flags & IoresourceMem64) != 0));
        }

        return resources;
    }

    private static bool TryLine(ReadOnlySpan<byte> line, out ulong first, out ulong last, out ulong flags)
    {
        (last, flags) = (0, 0);
        return TryNumber(ref line, out first) && TryNumber(ref line, out last) && TryNumber(ref line, out flags);
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> line, out ulong value)
    {
        line = line.TrimStart(" \t"u8);
        value = 0;
        if (!line.StartsWith("0x"u8) || !Utf8Parser.TryParse(line[2..], out value, out int used, 'x'))
        {
            return false;
        }

        line = line[(2 + used)..];
        return true;
    }
}
