namespace Parker.Api.Problems;

/// <summary>Why a request has no other answer: a problem as RFC 9457 defines it, with the findings that it rests on.</summary>
/// <param name="Type">One of <see cref="ProblemType"/>.</param>
/// <param name="Title">What kind of problem, in words; the same for all of one type.</param>
/// <param name="Status">The status code of HTTP.</param>
/// <param name="Detail">What happened this time, in sentences.</param>
/// <param name="Diagnostics">The findings; empty where there are none.</param>
public sealed record ProblemDocument(string Type, string Title, int Status, string Detail, IReadOnlyList<DiagnosticDocument> Diagnostics);
