namespace Parker.Inspect.Threads;

/// <summary>The threads of a kernel at one moment.</summary>
/// <param name="Threads">In the order of the kernel's list: processes from the first to the newest, each with its threads.</param>
/// <param name="IsComplete">Whether the list was followed to its end. A kernel that starts and ends threads all the time, or whose list holds garbage, gives a part.</param>
public sealed record ThreadListing(IReadOnlyList<ThreadInformation> Threads, bool IsComplete);
