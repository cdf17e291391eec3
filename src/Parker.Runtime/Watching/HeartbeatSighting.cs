namespace Parker.Runtime.Watching;

/// <summary>A heartbeat count and when it was first seen: what a later look compares with.</summary>
/// <param name="BootId">The boot that it belongs to.</param>
/// <param name="Count">The count.</param>
/// <param name="FirstSeen">When this count was first seen.</param>
public sealed record HeartbeatSighting(Guid BootId, uint Count, DateTimeOffset FirstSeen);
