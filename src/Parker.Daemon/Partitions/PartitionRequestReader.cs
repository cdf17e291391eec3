using System.Globalization;
using Parker.Api.Partitions;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Planning.Explicit;

namespace Parker.Daemon.Partitions;

/// <summary>Makes a wish of a request's texts, with every problem at once.</summary>
public static class PartitionRequestReader
{
    /// <summary>Reads a request.</summary>
    /// <param name="request">The texts.</param>
    /// <param name="diagnostics">Takes <c>REQ001</c> and up.</param>
    /// <returns>The wish; null where there was an error.</returns>
    public static PartitionWish? TryRead(PartitionRequest request, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(diagnostics);
        DiagnosticBag problems = [];
        if (!PartitionName.TryParse(request.Name, out PartitionName name))
        {
            problems.Error("REQ001", "name", $"'{request.Name}' is no partition name.", "Take small letters, digits and '-', at most 32, beginning with a letter or digit.");
        }

        (CpuSet? cpus, int count) = ReadCpus(request.Cpus, problems);
        if (request.CpusMax is int most && (most < 1 || most > HeaderPageLayout.MaxElasticCpus))
        {
            problems.Error("REQ009", "cpus_max", $"It cannot have up to {most} CPUs.", $"Take a number from 1 to {HeaderPageLayout.MaxElasticCpus}.");
        }

        (IReadOnlyList<PhysicalRange> ranges, ByteSize size) = ReadMemory(request.Memory, problems);
        ByteSize? memoryMax = ReadMemoryMax(request.MemoryMax, problems);
        List<PciAddress> devices = [];
        foreach (string text in request.Devices)
        {
            if (PciAddress.TryParse(text, CultureInfo.InvariantCulture, out PciAddress device))
            {
                devices.Add(device);
            }
            else
            {
                problems.Error("REQ004", "device", $"'{text}' is no PCI address.", "Write it as lspci -D does: 0000:81:00.0.");
            }
        }

        ushort? uart = ReadUart(request.Uart, problems);
        string kernel = ReadPath("REQ006", "kernel", request.Kernel, problems);
        string[] initrds = [.. request.Initrd.Select(text => ReadPath("REQ007", "initrd", text, problems))];
        diagnostics.AddRange(problems);
        return problems.HasErrors
            ? null
            : new PartitionWish
            {
                Name = name,
                Cpus = cpus,
                CpuCount = count,
                CpusMax = request.CpusMax,
                MemoryRanges = ranges,
                MemorySize = size,
                MemoryMax = memoryMax,
                Node = request.Node,
                Devices = devices,
                UartPort = uart,
                KernelPath = kernel,
                InitrdPaths = initrds,
                CommandLine = request.CommandLine,
            };
    }

    /// <summary>Reads what is to be done for the partition without anybody asking.</summary>
    /// <param name="request">The texts.</param>
    /// <param name="diagnostics">Takes <c>REQ008</c>.</param>
    public static PartitionPolicy ReadPolicy(PartitionRequest request, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (RestartPolicyText.TryRead(request.Restart) is RestartPolicy restart)
        {
            return new PartitionPolicy(restart, request.Autostart, request.Dump);
        }

        diagnostics.Error("REQ008", "restart", $"'{request.Restart}' is no restart policy.", $"Take one of {string.Join(", ", RestartPolicyText.All)}.");
        return PartitionPolicy.None;
    }

    /// <summary>A number alone is a count; anything else is a cpulist.</summary>
    private static (CpuSet? Cpus, int Count) ReadCpus(string text, DiagnosticBag problems)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            return (null, count);
        }

        if (CpuSet.TryParse(text, CultureInfo.InvariantCulture, out CpuSet? cpus))
        {
            return (cpus, 0);
        }

        problems.Error("REQ002", "cpus", $"'{text}' is neither a number of CPUs nor a cpulist.", "Write 4 for any four, 8-11 or 8,10 for these, 8-8 for CPU 8 alone.");
        return (null, 0);
    }

    /// <summary>A size, or <c>SIZE@0xADDRESS</c> separated by commas.</summary>
    private static (IReadOnlyList<PhysicalRange> Ranges, ByteSize Size) ReadMemory(string text, DiagnosticBag problems)
    {
        if (ByteSize.TryParse(text, CultureInfo.InvariantCulture, out ByteSize size))
        {
            return ([], size);
        }

        List<PhysicalRange> ranges = [];
        foreach (string part in text.Split(','))
        {
            int at = part.IndexOf('@', StringComparison.Ordinal);
            if (at > 0
                && ByteSize.TryParse(part.AsSpan(0, at), CultureInfo.InvariantCulture, out ByteSize length)
                && PhysicalAddress.TryParse(part.AsSpan(at + 1), CultureInfo.InvariantCulture, out PhysicalAddress start)
                && length.Bytes <= ulong.MaxValue - start.Value)
            {
                ranges.Add(new PhysicalRange(start, length));
            }
            else
            {
                problems.Error("REQ003", "memory", $"'{part}' is neither a size nor a range of memory.", "Write 4G for any, or 2G@0x180000000 for these (several separated by commas).");
                return ([], ByteSize.Zero);
            }
        }

        return (ranges, ByteSize.Zero);
    }

    private static ByteSize? ReadMemoryMax(string? text, DiagnosticBag problems)
    {
        if (text is null)
        {
            return null;
        }

        if (ByteSize.TryParse(text, CultureInfo.InvariantCulture, out ByteSize size) && size.Bytes > 0)
        {
            return size;
        }

        problems.Error("REQ010", "memory_max", $"'{text}' is no size.", "Write how much memory it may have: 16G.");
        return null;
    }

    private static ushort? ReadUart(string? text, DiagnosticBag problems)
    {
        if (text is null)
        {
            return null;
        }

        ReadOnlySpan<char> digits = text.AsSpan(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 2 : 0);
        if (ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort port) && port != 0)
        {
            return port;
        }

        problems.Error("REQ005", "uart", $"'{text}' is no I/O port.", "Write the base port of the UART in hexadecimal: 0x2f8.");
        return null;
    }

    private static string ReadPath(string id, string place, string text, DiagnosticBag problems)
    {
        if (Path.IsPathRooted(text) && !text.Contains('\0', StringComparison.Ordinal))
        {
            return Path.GetFullPath(text);
        }

        problems.Error(id, place, $"'{text}' is no absolute path of a file.", $"Write where the {place} is from the root on, such as a file in /boot.");
        return "";
    }
}
