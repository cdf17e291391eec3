using System.Globalization;
using Parker.Machine;
using Parker.Partition;
using Parker.Planning.Explicit;

namespace Parker.Planning.Configuration;

/// <summary>Makes a partition of the keys of a table.</summary>
internal static class PartitionSection
{
    /// <summary>Reads all keys; what is wrong is told to the section.</summary>
    /// <returns>The partition, with what could be read; null where it has no name.</returns>
    public static PartitionSettings? Read(SectionReader section)
    {
        foreach (string key in ConfigurationKeys.RequiredPartitionKeys.Where(key => !section.Has(key)))
        {
            section.Refuse(ConfigurationDiagnosticId.Missing, key, $"{key} is missing.", Remedy(key));
        }

        string name = section.Text("name") ?? "";
        bool isNamed = PartitionName.TryParse(name, out PartitionName partition);
        if (!isNamed && section.Has("name") && name.Length > 0)
        {
            section.Refuse(ConfigurationDiagnosticId.Name, "name", $"'{name}' is no name.", "Take small letters, digits and '-', at most 32, beginning with a letter or digit.");
        }

        (CpuSet? cpus, int count) = ReadCpus(section);
        (IReadOnlyList<PhysicalRange> ranges, ByteSize size) = ReadMemory(section);
        PartitionWish wish = new()
        {
            Name = partition,
            Cpus = cpus,
            CpuCount = count,
            CpusMax = section.Number("cpus-max", 1, HeaderPageLayout.MaxElasticCpus),
            MemoryRanges = ranges,
            MemorySize = size,
            MemoryMax = ReadMemoryMax(section),
            Node = section.Number("node", 0, CpuSet.Capacity),
            Devices = ReadDevices(section),
            UartPort = ReadUart(section),
            KernelPath = ReadPath(section, "kernel", section.Text("kernel"), section.PlaceOfValue("kernel")),
            InitrdPaths = [.. section.Texts("initrd").Select(path => ReadPath(section, "initrd", path.Text, path.Place))],
            CommandLine = section.Text("cmdline") ?? "",
            Places = new WishPlaces(section.Place, section.PlaceOfValue("cpus"), section.PlaceOfValue("memory"), section.PlaceOfValue("node"), section.PlaceOfValue("devices"), section.PlaceOfValue("uart")) { CpusMax = section.PlaceOfValue("cpus-max"), MemoryMax = section.PlaceOfValue("memory-max") },
        };
        RestartPolicy restart = ReadRestart(section);
        bool autostart = section.Flag("autostart") ?? false;
        bool dump = section.Flag("dump") ?? false;
        return isNamed ? new PartitionSettings(wish, restart, autostart, dump) : null;
    }

    private static string Remedy(string key) => key switch
    {
        "name" => "Write name = \"db\".",
        "cpus" => "Write how many, cpus = 4, or which, cpus = \"8-11\".",
        "memory" => "Write memory = \"4G\".",
        _ => "Write kernel = \"/boot/vmlinuz-...\".",
    };

    private static (CpuSet? Cpus, int Count) ReadCpus(SectionReader section)
    {
        const string Wanted = "how many, cpus = 4, or which, cpus = \"8-11\"";
        if (section.TextOrNumber("cpus", Wanted) is not string text)
        {
            return (null, 0);
        }

        if (WishText.TryReadCpus(text, out CpuSet? cpus, out int count) && (cpus is null ? count > 0 : !cpus.IsEmpty))
        {
            return (cpus, count);
        }

        section.Refuse(ConfigurationDiagnosticId.Cpus, "cpus", $"'{text}' is neither a number of CPUs nor a cpulist.", $"Write {Wanted}; \"8-8\" is CPU 8 alone.");
        return (null, 0);
    }

    private static (IReadOnlyList<PhysicalRange> Ranges, ByteSize Size) ReadMemory(SectionReader section)
    {
        if (section.Text("memory") is not string text)
        {
            return ([], ByteSize.Zero);
        }

        if (WishText.TryReadMemory(text, out IReadOnlyList<PhysicalRange> ranges, out ByteSize size) && (ranges.Count > 0 || size.Bytes > 0))
        {
            return (ranges, size);
        }

        section.Refuse(ConfigurationDiagnosticId.Memory, "memory", $"'{text}' is neither a size nor ranges of memory.", "Write \"4G\" for any, or \"2G@0x180000000\" for these (several separated by commas).");
        return ([], ByteSize.Zero);
    }

    private static ByteSize? ReadMemoryMax(SectionReader section)
    {
        if (section.Text("memory-max") is not string text)
        {
            return null;
        }

        if (ByteSize.TryParse(text, CultureInfo.InvariantCulture, out ByteSize size) && size.Bytes > 0)
        {
            return size;
        }

        section.Refuse(ConfigurationDiagnosticId.Memory, "memory-max", $"'{text}' is no size.", "Write how much memory it may have, \"16G\".");
        return null;
    }

    private static List<PciAddress> ReadDevices(SectionReader section)
    {
        List<PciAddress> devices = [];
        foreach ((string text, string place) in section.Texts("devices"))
        {
            if (PciAddress.TryParse(text, CultureInfo.InvariantCulture, out PciAddress device))
            {
                devices.Add(device);
            }
            else
            {
                section.RefuseAt(ConfigurationDiagnosticId.Device, place, $"'{text}' is no PCI address.", "Write it as lspci -D does: \"0000:81:00.0\".");
            }
        }

        return devices;
    }

    private static ushort? ReadUart(SectionReader section)
    {
        if (section.TextOrNumber("uart", "its base port, uart = 0x2f8") is not string text)
        {
            return null;
        }

        // A number of TOML comes in decimal, whichever way it was written.
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || WishText.TryReadPort(text, out port))
        {
            return port;
        }

        section.Refuse(ConfigurationDiagnosticId.Uart, "uart", $"'{text}' is no I/O port.", "Write the base port of the UART: uart = 0x2f8.");
        return null;
    }

    private static string ReadPath(SectionReader section, string key, string? text, string place)
    {
        if (text is not null && (!text.StartsWith('/') || text.Contains('\0', StringComparison.Ordinal)))
        {
            section.RefuseAt(ConfigurationDiagnosticId.Path, place, $"{key} '{text}' is no absolute path.", "Begin it with '/': what reads this file may run in any folder.");
        }

        return text ?? "";
    }

    private static RestartPolicy ReadRestart(SectionReader section)
    {
        if (section.Text("restart") is not string word)
        {
            return RestartPolicy.Never;
        }

        if (RestartPolicyText.TryRead(word) is RestartPolicy policy)
        {
            return policy;
        }

        section.Refuse(ConfigurationDiagnosticId.Word, "restart", $"restart = '{word}' is none of those that there are.", $"Take one of {string.Join(", ", RestartPolicyText.All)}.");
        return RestartPolicy.Never;
    }
}
