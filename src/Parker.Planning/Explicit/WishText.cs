using System.Globalization;
using Parker.Machine;

namespace Parker.Planning.Explicit;

/// <summary>Reads what users write for CPUs, memory and ports: the same on the command line, in the API and in a configuration.</summary>
public static class WishText
{
    /// <summary>A number alone is a count; anything else is a cpulist.</summary>
    /// <param name="text">Such as <c>4</c> or <c>8-11</c>.</param>
    /// <param name="cpus">The CPUs; null where there is a count.</param>
    /// <param name="count">The count; 0 where there are CPUs.</param>
    public static bool TryReadCpus(string text, out CpuSet? cpus, out int count)
    {
        cpus = null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) || CpuSet.TryParse(text, CultureInfo.InvariantCulture, out cpus);
    }

    /// <summary>A size, or <c>SIZE@0xADDRESS</c> separated by commas.</summary>
    /// <param name="text">Such as <c>4G</c> or <c>2G@0x180000000</c>.</param>
    /// <param name="ranges">The ranges, host-physical; empty where there is a size.</param>
    /// <param name="size">The size; zero where there are ranges.</param>
    public static bool TryReadMemory(string text, out IReadOnlyList<PhysicalRange> ranges, out ByteSize size)
    {
        ArgumentNullException.ThrowIfNull(text);
        ranges = [];
        if (ByteSize.TryParse(text, CultureInfo.InvariantCulture, out size))
        {
            return true;
        }

        List<PhysicalRange> read = [];
        foreach (string part in text.Split(','))
        {
            int at = part.IndexOf('@', StringComparison.Ordinal);
            if (at <= 0
                || !ByteSize.TryParse(part.AsSpan(0, at), CultureInfo.InvariantCulture, out ByteSize length)
                || !PhysicalAddress.TryParse(part.AsSpan(at + 1), CultureInfo.InvariantCulture, out PhysicalAddress start)
                || length.Bytes > ulong.MaxValue - start.Value)
            {
                return false;
            }

            read.Add(new PhysicalRange(start, length));
        }

        ranges = read;
        return true;
    }

    /// <summary>An I/O port in hexadecimal, with <c>0x</c> or without; never 0.</summary>
    public static bool TryReadPort(string text, out ushort port)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> digits = text.AsSpan(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 2 : 0);
        return ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out port) && port != 0;
    }
}
