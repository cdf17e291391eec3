using Parker.Machine.Diagnostics;
using Parker.Machine.Topology.Reading.Pci;

namespace Parker.Machine.Topology.Reading;

/// <summary>Reads what a machine is made of.</summary>
public static class TopologyReader
{
    /// <summary>Reads <paramref name="source"/> once, section by section.</summary>
    /// <returns>The topology. What could not be read or was odd is left out and stands in <see cref="MachineTopology.Diagnostics"/>.</returns>
    /// <remarks>Never fails for what a machine or a captured tree holds. Without root it reads what sysfs allows.</remarks>
    public static MachineTopology Read(IMachineSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        DiagnosticBag diagnostics = [];
        SourceReader reader = new(source, diagnostics);

        KernelFacts kernel = KernelReader.Read(reader);
        CpuInfo info = CpuInfoReader.Read(reader);
        Madt madt = MadtReader.Read(reader);
        Srat srat = SratReader.Read(reader);
        NodeReader nodes = NodeReader.Start(reader);
        IReadOnlyList<LogicalCpu> cpus = nodes.Place(CpuReader.Read(reader, info, madt, nodes.NodeOfCpu, kernel.LogLines), srat, kernel.LogLines);
        MemoryMap memory = MemoryReader.Read(reader, kernel.CommandLine, kernel.LogLines);
        PciFacts pci = PciReader.Read(source, diagnostics);
        CpuSet online = CpuSet.Of(cpus.Where(cpu => cpu.Online).Select(cpu => cpu.Number));

        return new MachineTopology
        {
            Identity = IdentityReader.Read(reader),
            Kernel = kernel,
            Processor = info.Facts,
            Cpus = cpus,
            Caches = CacheReader.Read(reader, cpus),
            Nodes = nodes.Finish(cpus, srat, memory, kernel.LogLines),
            Memory = memory,
            Interrupts = InterruptReader.Read(reader, madt, info, online, kernel.CommandLine, memory, kernel.LogLines),
            Iommu = IommuReader.Read(source, pci, diagnostics),
            Pci = pci,
            Tsc = TscReader.Read(source, kernel.LogLines),
            Diagnostics = [.. diagnostics],
        };
    }
}
