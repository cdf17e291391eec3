using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>PCI.</summary>
public sealed record PciDocument
{
    /// <summary>Memory-mapped configuration space.</summary>
    public required IReadOnlyList<EcamDocument> Ecam { get; init; }

    /// <summary>Every bus, by segment and number.</summary>
    public required IReadOnlyList<PciBusDocument> Buses { get; init; }

    /// <summary>Every function, by address; bridges too.</summary>
    public required IReadOnlyList<PciFunctionDocument> Functions { get; init; }

    /// <summary>Uses that could not be seen, so that a function without uses may be in use all the same.</summary>
    public required IReadOnlyList<PciUseDocument> UnseenUses { get; init; }

    internal static PciDocument Of(PciFacts pci) => new()
    {
        Ecam = [.. pci.Ecam.Select(EcamDocument.Of)],
        Buses = [.. pci.Buses.Select(PciBusDocument.Of)],
        Functions = [.. pci.Functions.Select(PciFunctionDocument.Of)],
        UnseenUses = [.. pci.UnseenUses.Select(PciUseDocument.Of)],
    };
}
