using System.Buffers;

namespace Parker.Machine.Topology.Reading;

/// <summary>Whether the Boot Kernel has interrupt remapping on.</summary>
/// <remarks>
/// The kernel log tells when it is turned on, but its beginning may be gone; <c>/proc/interrupts</c> shows it for good: with remapping on, the chips of all device
/// interrupts are called <c>IR-...</c>.
/// </remarks>
internal static class RemappingReader
{
    private const string InterruptsFile = "/proc/interrupts";

    private static readonly SearchValues<byte> Counts = SearchValues.Create("0123456789 "u8);

    public static Finding<bool?> Read(SourceReader reader, KernelCommandLine commandLine, IReadOnlyList<string> log)
    {
        foreach (string line in log)
        {
            if (line.Contains("Enabled IRQ remapping in ", StringComparison.Ordinal) || line.Contains("AMD-Vi: Interrupt remapping enabled", StringComparison.Ordinal))
            {
                return new(true, line);
            }
        }

        Finding<bool?>? chips = FromChips(reader);
        if (chips is Finding<bool?> found)
        {
            return found;
        }

        if (commandLine.Last("intremap") == "off" || commandLine.Has("nointremap"))
        {
            return new(false, "/proc/cmdline: " + (commandLine.Has("nointremap") ? "nointremap" : "intremap=off"));
        }

        return new(null, "neither the kernel log nor the interrupt chips of /proc/interrupts tell it");
    }

    // "  24:  0  12  IR-PCI-MSIX-0000:00:1f.2  0-edge  ahci": after a number for each CPU, the chip.
    private static Finding<bool?>? FromChips(SourceReader reader)
    {
        if (!reader.TryBytes(InterruptsFile, out byte[] content))
        {
            return null;
        }

        string? plain = null;
        ReadOnlySpan<byte> rest = content;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            ReadOnlySpan<byte> chip = Chip(line);
            if (chip.StartsWith("IR-"u8))
            {
                return new(true, $"{InterruptsFile}: {SourceReader.TextOf(chip)}");
            }

            if (plain is null && (chip.StartsWith("IO-APIC"u8) || chip.StartsWith("PCI-MSI"u8)))
            {
                plain = SourceReader.TextOf(chip);
            }
        }

        return plain is null ? null : new(false, $"{InterruptsFile}: {plain}, and no chip whose name starts with IR-");
    }

    private static ReadOnlySpan<byte> Chip(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            return default;
        }

        // The first character that is neither a digit nor a blank starts the chip's name.
        ReadOnlySpan<byte> after = line[(colon + 1)..];
        int start = after.IndexOfAnyExcept(Counts);
        if (start < 0)
        {
            return default;
        }

        after = after[start..];
        int blank = after.IndexOf((byte)' ');
        return blank < 0 ? after : after[..blank];
    }
}
