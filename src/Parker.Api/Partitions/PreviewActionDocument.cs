namespace Parker.Api.Partitions;

/// <summary>One thing that an operation would do.</summary>
/// <param name="Kind"><c>take</c> of the machine, <c>undo</c> what was taken, <c>write</c> the partition's memory, or <c>ask</c> its kernel.</param>
/// <param name="Description">In words.</param>
public sealed record PreviewActionDocument(string Kind, string Description);
