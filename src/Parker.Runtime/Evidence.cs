namespace Parker.Runtime;

/// <summary>What was seen, and when, that a state stands on.</summary>
/// <param name="Text">A sentence's worth, such as <c>heartbeat 42 moved 0.4 s ago</c>.</param>
/// <param name="Time">When it was seen.</param>
public sealed record Evidence(string Text, DateTimeOffset Time);
