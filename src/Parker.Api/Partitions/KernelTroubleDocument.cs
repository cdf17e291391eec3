namespace Parker.Api.Partitions;

/// <summary>A line by which a kernel says that something is wrong with it.</summary>
/// <param name="Kind"><c>oops</c>, <c>soft_lockup</c>, <c>rcu_stall</c>, <c>hung_task</c>, <c>out_of_memory_kill</c>.</param>
/// <param name="TimeNs">When it was written, in nanoseconds since the kernel began.</param>
/// <param name="Text">The line.</param>
public sealed record KernelTroubleDocument(string Kind, ulong TimeNs, string Text);
