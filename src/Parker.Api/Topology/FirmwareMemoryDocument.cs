using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>One range of the firmware's memory map.</summary>
/// <param name="Range">Its addresses.</param>
/// <param name="Type">The kernel's name of the type, such as <c>System RAM</c>.</param>
public sealed record FirmwareMemoryDocument(RangeDocument Range, string Type)
{
    internal static FirmwareMemoryDocument Of(FirmwareMemoryRange range) => new(RangeDocument.Of(range.Range), range.Type);
}
