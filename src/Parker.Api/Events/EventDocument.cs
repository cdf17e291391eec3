namespace Parker.Api.Events;

/// <summary>Something that happened to a partition.</summary>
/// <param name="Id">Grows from event to event, also over a restart of the daemon; <c>after</c> takes it.</param>
/// <param name="Time">When, RFC 3339 in UTC.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="Kind"><c>defined</c>, <c>removed</c>, <c>operation_begun</c>, <c>operation_ended</c>, <c>image</c>, <c>step</c>, <c>undo</c>, <c>state</c> and more; docs/json.md has all.</param>
/// <param name="Text">What happened, in a sentence.</param>
/// <param name="State">Of <c>state</c>: the state; else null.</param>
/// <param name="Uid">The user who asked for it; null where nobody did (what the daemon saw or did by itself), or where the daemon was started anew since.</param>
public sealed record EventDocument(long Id, DateTimeOffset Time, string Partition, string Kind, string Text, string? State, uint? Uid);
