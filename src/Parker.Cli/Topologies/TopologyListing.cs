using System.Globalization;
using Parker.Cli.Output;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Planning.Grants;

namespace Parker.Cli.Topologies;

/// <summary>What a machine is made of, as text for people.</summary>
internal static class TopologyListing
{
    private const int LabelWidth = 21;

    /// <summary>Writes the listing.</summary>
    public static void Write(MachineTopology topology, BusGrants grants, TextWriter output)
    {
        foreach ((string label, string text) in Summary(topology))
        {
            output.WriteLine((label.PadRight(LabelWidth) + PlainText.Of(text)).TrimEnd());
        }

        WriteTable("Packages", CpuListing.Packages(topology), output);
        WriteTable("NUMA nodes", CpuListing.Nodes(topology), output);
        WriteTable("Cores", CpuListing.Cores(topology), output);
        WriteTable("Caches", CpuListing.Caches(topology), output);
        WriteTable("Memory", MemoryListing.Ranges(topology), output);
        WriteTable("PCI buses", PciListing.Buses(topology, grants), output);
        WriteTable("PCI functions", PciListing.Functions(topology), output);
        WriteLines("Why buses cannot be granted, or what to know before", [.. Grouped(PciListing.GrantFindings(grants)).Select(Reason)], output);
        WriteLines("Not seen, or odd", [.. PciListing.UnseenUses(topology), .. Grouped(topology.Diagnostics).Select(finding => finding.ToString())], output);
    }

    private static IEnumerable<(string Label, string Text)> Summary(MachineTopology topology)
    {
        MachineIdentity identity = topology.Identity;
        KernelFacts kernel = topology.Kernel;
        yield return ("Machine", Known($"{identity.Vendor} {identity.Product}".Trim()));
        yield return ("BIOS", Known(identity.BiosDate.Length == 0 ? identity.BiosVersion : $"{identity.BiosVersion} ({identity.BiosDate})"));
        yield return ("Boot Kernel", Known(kernel.Release));
        yield return ("Command line", kernel.CommandLine.Text);
        yield return ("Lockdown", kernel.Lockdown.Value ?? Unknown(kernel.Lockdown.Evidence));
        yield return ("Processor", Processor(topology.Processor));
        yield return ("CPUs", Cpus(topology));
        yield return ("Time stamp counter", TimeStampCounter(topology.Tsc));
        yield return ("Local APICs", Text(topology.Interrupts.Mode, mode => mode == LocalApicMode.X2apic ? "x2APIC" : "xAPIC") + Locked(topology.Interrupts.X2apicLocked));
        yield return ("Interrupt remapping", Text(topology.Interrupts.Remapping, on => on ? "on" : "off"));
        yield return ("IOMMU", Iommu(topology.Iommu));
        yield return ("ECAM", topology.Pci.Ecam.Count == 0 ? "none" : string.Join(", ", topology.Pci.Ecam.Select(ecam => $"{ecam.Buses} at {ecam.Addresses.Start}")));
        yield return ("Memory pool", topology.Memory.Pool.IsEmpty ? "none" : $"{topology.Memory.Pool.TotalLength.ToDisplayString()} in {topology.Memory.Pool.Count} ranges");
    }

    private static string Processor(ProcessorFacts processor)
    {
        string name = Known($"{processor.Vendor} {processor.ModelName}".Trim());
        return processor.PhysicalAddressBits == 0
            ? name
            : string.Create(CultureInfo.InvariantCulture, $"{name}; {processor.PhysicalAddressBits} physical and {processor.VirtualAddressBits} virtual address bits");
    }

    private static string Cpus(MachineTopology topology)
    {
        int online = topology.Cpus.Count(cpu => cpu.Online);
        return string.Create(CultureInfo.InvariantCulture, $"{topology.Cpus.Count}, {(online == topology.Cpus.Count ? "all" : online)} online");
    }

    private static string TimeStampCounter(TscFacts tsc)
    {
        if (tsc.Kilohertz is not long kilohertz)
        {
            return Unknown(tsc.Evidence);
        }

        string source = tsc.Source switch
        {
            TscSource.PerfEvent => "from perf_event",
            TscSource.KernelLog => "from the kernel log",
            _ => "measured",
        };
        string clock = tsc.IsBootClock.Value switch
        {
            true => "the Boot Kernel's clock",
            false => "not the Boot Kernel's clock",
            _ => "the Boot Kernel's clock is unknown",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{kilohertz} kHz, {source}; {clock}");
    }

    private static string Locked(Finding<bool?> locked) => locked.Value switch
    {
        true => "; locked in x2APIC mode",
        false => "",
        _ => $"; whether locked is {Unknown(locked.Evidence)}",
    };

    private static string Iommu(IommuFacts iommu) =>
        iommu.Units.Count == 0
            ? "none that the firmware tells of"
            : string.Create(CultureInfo.InvariantCulture, $"{iommu.Units.Count} {(iommu.Units[0].Kind == IommuKind.AmdVi ? "AMD-Vi" : "Intel VT-d")} units; ")
                + Text(iommu.DrivenByBootKernel, driven => driven ? "driven by the Boot Kernel" : "not driven by the Boot Kernel");

    private static string Text<T>(Finding<T?> finding, Func<T, string> text)
        where T : struct => finding.Value is T value ? text(value) : Unknown(finding.Evidence);

    private static string Known(string text) => text.Length == 0 ? "unknown" : text;

    private static string Unknown(string evidence) => $"unknown ({evidence})";

    // The same finding about many files, or many buses, is one line.
    private static IEnumerable<Diagnostic> Grouped(IEnumerable<Diagnostic> findings) => findings.GroupBy(finding => finding with { Place = "" }).Select(same =>
    {
        Diagnostic first = same.First();
        int others = same.Count() - 1;
        return others == 0 ? first : first with { Place = string.Create(CultureInfo.InvariantCulture, $"{first.Place} and {others} more") };
    });

    private static string Reason(Diagnostic reason) => $"{reason.Place}: {reason.Id}: {reason.Message} {reason.Remedy}".TrimEnd();

    private static void WriteTable(string title, TableWriter table, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(table.Count == 0 ? title + ": none" : title);
        if (table.Count > 0)
        {
            table.WriteTo(output, indent: 2);
        }
    }

    private static void WriteLines(string title, IReadOnlyList<string> lines, TextWriter output)
    {
        if (lines.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(title);
        foreach (string line in lines)
        {
            output.WriteLine("  " + PlainText.Of(line));
        }
    }
}
