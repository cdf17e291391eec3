using System.Globalization;

namespace Parker.Machine.Topology.Reading;

/// <summary>Physical memory: the firmware's map, what the Boot Kernel uses, and the pool that it was told to leave alone.</summary>
/// <remarks>
/// Pool is what all three agree on: the firmware calls it RAM, a <c>memmap=SIZE$ADDR</c> of the command line keeps the kernel out, and <c>/proc/iomem</c> shows nothing
/// there but <c>Reserved</c>. So memory that the firmware itself reserves, a crash kernel's, the edges that the kernel trims off RAM, and the legacy area are never
/// pool. It is cut to whole pages; page 0, with the firmware's vectors and data, is never in it.
/// </remarks>
internal static class MemoryReader
{
    private static readonly ByteSize PageSize = ByteSize.FromKibibytes(4);

    public static MemoryMap Read(SourceReader reader, KernelCommandLine commandLine, IReadOnlyList<string> log)
    {
        IReadOnlyList<MemoryResource> resources = IomemReader.Read(reader);
        IReadOnlyList<FirmwareMemoryRange> firmware = FirmwareMapReader.Read(reader, log);
        PhysicalRangeSet systemRam = PhysicalRangeSet.Of(resources.Where(resource => resource.Name == FirmwareMapReader.SystemRam).Select(resource => resource.Range));
        PhysicalRangeSet all = ReadPool(reader, commandLine, resources, firmware, systemRam);
        PhysicalRange low = new(PhysicalAddress.Zero, new ByteSize(PhysicalAddress.OneMebibyte.Value));
        return new MemoryMap
        {
            Resources = resources,
            Firmware = firmware,
            SystemRam = systemRam,
            Pool = all.Subtract(low),
            LowPool = all.Intersect(low),
        };
    }

    private static PhysicalRangeSet ReadPool(
        SourceReader reader,
        KernelCommandLine commandLine,
        IReadOnlyList<MemoryResource> resources,
        IReadOnlyList<FirmwareMemoryRange> firmware,
        PhysicalRangeSet systemRam)
    {
        List<PhysicalRange> kept = [];
        foreach (string value in commandLine.All("memmap"))
        {
            foreach (string part in value.Split(','))
            {
                if (part.Contains('$', StringComparison.Ordinal))
                {
                    if (TryParseMemmap(part, out PhysicalRange range))
                    {
                        kept.Add(range);
                    }
                    else
                    {
                        reader.Diagnostics.Warning("TOPO031", "/proc/cmdline", $"The parameter 'memmap={part}' is no size and address.", "Write it as memmap=SIZE$ADDRESS, such as memmap=4G$0x100000000.");
                    }
                }
            }
        }

        PhysicalRangeSet wanted = PhysicalRangeSet.Of(kept);
        if (wanted.IsEmpty)
        {
            return wanted;
        }

        PhysicalRangeSet ram = PhysicalRangeSet.Of(firmware.Where(range => range.Type == FirmwareMapReader.SystemRam).Select(range => range.Range));
        if (ram.IsEmpty)
        {
            reader.Diagnostics.Warning(
                "TOPO032",
                "/sys/firmware/memmap",
                "The firmware's memory map is not known, so that nothing tells whether the memory kept by memmap= is RAM; none of it is taken as the pool.");
            return PhysicalRangeSet.Empty;
        }

        PhysicalRangeSet notRam = wanted.Subtract(ram);
        if (!notRam.IsEmpty)
        {
            reader.Diagnostics.Warning(
                "TOPO033",
                "/proc/cmdline",
                $"memmap= keeps {notRam[0]} out of the kernel's use, which the firmware does not call RAM; it is not part of the pool.",
                "Move the range into System RAM of /sys/firmware/memmap.");
        }

        PhysicalRangeSet pool = wanted.Intersect(ram).Subtract(new PhysicalRange(PhysicalAddress.Zero, PageSize));
        foreach (MemoryResource resource in resources)
        {
            if (pool.Overlaps(resource.Range) && !resource.Name.Equals("Reserved", StringComparison.OrdinalIgnoreCase))
            {
                reader.Diagnostics.Warning(
                    "TOPO034",
                    "/proc/iomem",
                    $"'{resource.Name}' at {resource.Range} lies in memory that memmap= keeps out of the kernel's use; it is not part of the pool.",
                    "Check with the kernel log that the parameter took effect.");
                pool = pool.Subtract(resource.Range);
            }
        }

        return pool.Subtract(systemRam).Align(PageSize);
    }

    // SIZE$ADDRESS, both as the kernel's memparse reads them: decimal, 0 octal or 0x hexadecimal, with one of K M G T P E.
    private static bool TryParseMemmap(string text, out PhysicalRange range)
    {
        range = default;
        int dollar = text.IndexOf('$', StringComparison.Ordinal);
        if (!TryParseKernelSize(text.AsSpan(0, dollar), out ulong size) || !TryParseKernelSize(text.AsSpan(dollar + 1), out ulong start) || size == 0 || size > ulong.MaxValue - start)
        {
            return false;
        }

        range = new PhysicalRange(new PhysicalAddress(start), new ByteSize(size));
        return true;
    }

    private static bool TryParseKernelSize(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        int shift = "KMGTPE".IndexOf(char.ToUpperInvariant(text[^1]), StringComparison.Ordinal) is int unit and >= 0
            && !(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && char.IsAsciiHexDigit(text[^1])) ? 10 * (unit + 1) : 0;
        if (shift > 0)
        {
            text = text[..^1];
        }

        if (text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1]))
        {
            foreach (char digit in text)
            {
                if (digit is < '0' or > '7' || value >> 61 != 0)
                {
                    return false;
                }

                value = (value << 3) | (uint)(digit - '0');
            }
        }
        else if (!(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)))
        {
            return false;
        }

        if (value != 0 && shift > System.Numerics.BitOperations.LeadingZeroCount(value))
        {
            return false;
        }

        value <<= shift;
        return true;
    }
}
