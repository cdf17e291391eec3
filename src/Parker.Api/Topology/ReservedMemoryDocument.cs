using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>Memory that the firmware wants devices to reach always (RMRR, IVMD).</summary>
/// <param name="Range">Its addresses.</param>
/// <param name="ForAllDevices">Whether for all devices rather than for <paramref name="Devices"/>.</param>
/// <param name="Devices">The functions named.</param>
public sealed record ReservedMemoryDocument(RangeDocument Range, bool ForAllDevices, IReadOnlyList<string> Devices)
{
    internal static ReservedMemoryDocument Of(IommuReservedMemory memory) =>
        new(RangeDocument.Of(memory.Range), memory.ForAllDevices, [.. memory.Devices.Select(device => device.ToString())]);
}
