using Parker.Machine.Diagnostics;

namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Reads PCI: configuration space windows, functions, buses, and what the Boot Kernel uses.</summary>
internal static class PciReader
{
    private const string Folder = "/sys/bus/pci/devices";

    // A function takes 4 KiB of a 64 GiB space at most; a captured tree that lists more names is not a machine.
    private const int MaxFunctions = 65536;

    public static PciFacts Read(IMachineSource source, DiagnosticBag diagnostics)
    {
        SourceReader reader = new(source, diagnostics);
        PciFunctionReader functionReader = new(reader);
        List<PciFunction> functions = [];
        foreach (string name in reader.Names(Folder).Take(MaxFunctions))
        {
            // Only the name that the kernel gives, so that no function comes twice.
            if (!PciAddress.TryParse(name, null, out PciAddress address) || address.ToString() != name)
            {
                diagnostics.Warning("TOPO101", $"{Folder}/{name}", "The name is no PCI address; the function is left out.");
            }
            else if (functionReader.Read(address, $"{Folder}/{name}") is PciFunction function)
            {
                functions.Add(function);
            }
        }

        if (functionReader.Truncated > 0)
        {
            diagnostics.Note(
                "TOPO100",
                Folder,
                $"Configuration space of {functionReader.Truncated} PCI functions cannot be read beyond its first 64 bytes, so their capabilities (MSI, MSI-X, function level reset, ACS) are partly unknown.",
                "Run as root to see all of the machine.");
        }

        functions.Sort(static (left, right) => left.Address.CompareTo(right.Address));
        PciUses uses = PciUseReader.Read(reader);
        return new PciFacts
        {
            Ecam = McfgReader.Read(source, diagnostics),
            Functions = [.. functions.Select(function => uses.Of(function.Address) is { Count: > 0 } found ? function with { Uses = found } : function)],
            Buses = PciBusReader.Read(reader, functions),
            UnseenUses = uses.Unseen,
        };
    }
}
