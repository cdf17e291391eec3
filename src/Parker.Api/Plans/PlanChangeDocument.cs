namespace Parker.Api.Plans;

/// <summary>What becomes of one partition.</summary>
/// <param name="Partition">Its name.</param>
/// <param name="Kind"><c>keep</c>, <c>create</c>, <c>adjust</c>, <c>start</c>, <c>replace</c> or <c>remove</c>.</param>
/// <param name="StopsKernel">Whether a kernel that may be running is stopped.</param>
/// <param name="Differences">What of it changes, a line each.</param>
/// <param name="Choices">Why it was placed there, a sentence each.</param>
/// <param name="Steps">The steps, in order.</param>
public sealed record PlanChangeDocument(
    string Partition,
    string Kind,
    bool StopsKernel,
    IReadOnlyList<string> Differences,
    IReadOnlyList<string> Choices,
    IReadOnlyList<PlanStepDocument> Steps);
