namespace Parker.Machine.Topology;

/// <summary>Memory that firmware wants some devices to reach always.</summary>
/// <param name="Range">Host-physical.</param>
/// <param name="Devices">The existing functions named, bridges too.</param>
public sealed record IommuReservedMemory(PhysicalRange Range, IReadOnlyList<PciAddress> Devices)
{
    /// <summary>Whether it is for all devices (IVMD type 20h) rather than for <see cref="Devices"/>.</summary>
    public bool ForAllDevices { get; init; }
}
