namespace Parker.Inspect.Logs;

/// <summary>Up to where a log was read. The beginning is <c>default</c>.</summary>
/// <param name="Ring">The kernel's address of the ring: early in its life a kernel moves its log to another.</param>
/// <param name="NextId">The descriptor that comes next in that ring.</param>
/// <param name="NextSequence">The record that comes next, in any ring of the same kernel.</param>
public readonly record struct LogPosition(ulong Ring, ulong NextId, ulong NextSequence);
