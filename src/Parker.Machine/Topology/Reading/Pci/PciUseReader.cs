namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Finds out what in the Boot Kernel uses PCI functions.</summary>
internal static class PciUseReader
{
    public static PciUses Read(SourceReader reader)
    {
        PciUses uses = new();
        BlockDevices disks = BlockDevices.Read(reader);
        StorageUseReader.Read(reader, disks, uses);
        NetworkUseReader.Read(reader, uses);
        ConsoleUseReader.Read(reader, uses);
        return uses;
    }
}
