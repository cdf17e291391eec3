using System.Text.Json.Serialization;

namespace Parker.Runtime.Journal;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    Converters =
    [
        typeof(PhysicalAddressConverter),
        typeof(PhysicalRangeConverter),
        typeof(CpuSetConverter),
        typeof(PciAddressConverter),
        typeof(PartitionNameConverter),
    ])]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class JournalJson : JsonSerializerContext;
