namespace Parker.Api.Partitions;

/// <summary>What a state stands on.</summary>
/// <param name="Text">What was seen.</param>
/// <param name="Time">When, RFC 3339 in UTC.</param>
public sealed record EvidenceDocument(string Text, DateTimeOffset Time);
