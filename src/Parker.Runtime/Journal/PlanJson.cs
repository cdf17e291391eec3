using System.Text.Json;
using Parker.Partition;

namespace Parker.Runtime.Journal;

/// <summary>Plans in the JSON of the journal.</summary>
public static class PlanJson
{
    /// <summary>Writes a plan.</summary>
    public static string Write(PartitionPlan plan) => JsonSerializer.Serialize(plan, JournalJson.Default.PartitionPlan);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It was written by another version, or is damaged.</exception>
    public static PartitionPlan Read(string json) => JsonSerializer.Deserialize(json, JournalJson.Default.PartitionPlan) ?? throw new JsonException("There is no plan.");
}
