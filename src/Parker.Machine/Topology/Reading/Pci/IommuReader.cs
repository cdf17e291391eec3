using System.Globalization;
using Parker.Machine.Diagnostics;

namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Reads the IOMMU units from the firmware's tables, and from sysfs which of them the Boot Kernel drives.</summary>
internal static class IommuReader
{
    private const string Folder = "/sys/class/iommu";

    /// <param name="source">The machine.</param>
    /// <param name="pci">Its functions: the tables name devices by paths through bridges.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    public static IommuFacts Read(IMachineSource source, PciFacts pci, DiagnosticBag diagnostics)
    {
        SourceReader reader = new(source, diagnostics);
        PciScope scope = new(pci);
        DmarTable? dmar = DmarReader.Read(reader, scope);
        IvrsTable? ivrs = IvrsReader.Read(reader, scope);
        (Finding<bool?> driven, Dictionary<ulong, string> names) = ReadDriven(reader);
        IEnumerable<IommuUnit> units = (dmar?.Units ?? []).Concat(ivrs?.Units ?? []);
        return new IommuFacts
        {
            Units =
            [
                .. units
                    .Select(unit => unit with
                    {
                        BootKernelName = names.GetValueOrDefault(unit.Registers.Value) ?? (unit.Function is PciAddress function ? NameOf(source, function) : ""),
                    })
                    .OrderBy(unit => (unit.Segment, unit.Registers)),
            ],
            DrivenByBootKernel = driven,
            ReservedMemory = [.. (dmar?.Reserved ?? []).Concat(ivrs?.Reserved ?? []).OrderBy(memory => memory.Range)],
            HostAddressWidth = dmar?.HostAddressWidth ?? 0,
            FirmwareAllowsRemapping = dmar is not null && (dmar.Flags & 1) != 0,
            FirmwareOptsOutOfX2apic = dmar is not null && (dmar.Flags & 2) != 0,
        };
    }

    // /sys/class/iommu/dmar0/intel-iommu/address holds the register base as bare hexadecimal digits.
    private static (Finding<bool?> Driven, Dictionary<ulong, string> Names) ReadDriven(SourceReader reader)
    {
        Dictionary<ulong, string> byRegisters = [];
        SourceStatus status = reader.Source.TryList(Folder, out IReadOnlyList<string> names);
        if (status is SourceStatus.Denied or SourceStatus.Failed)
        {
            return (new(null, SourceReader.Why(Folder, status)), byRegisters);
        }

        foreach (string name in names)
        {
            if (reader.Text($"{Folder}/{name}/intel-iommu/address") is string text
                && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong address))
            {
                byRegisters[address] = name;
            }
        }

        return (names.Count > 0 ? new(true, $"{Folder}: {string.Join(' ', names)}") : new(false, $"{Folder}: empty"), byRegisters);
    }

    // An AMD unit is a PCI function, and /sys/class/iommu/ivhd0 lies in its folder.
    private static string NameOf(IMachineSource source, PciAddress function)
    {
        _ = source.TryList($"/sys/bus/pci/devices/{function}/iommu", out IReadOnlyList<string> names);
        return names.FirstOrDefault(name => name.StartsWith("ivhd", StringComparison.Ordinal)) ?? "";
    }
}
