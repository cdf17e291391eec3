using System.Text.Json.Serialization;
using Parker.Partition;

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
[JsonSerializable(typeof(PartitionPlan))]
internal sealed partial class JournalJson : JsonSerializerContext;
