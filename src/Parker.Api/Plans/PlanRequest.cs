namespace Parker.Api.Plans;

/// <summary>A configuration that is to be planned.</summary>
/// <param name="Configuration">The text of the file.</param>
/// <param name="File">Its name, for messages.</param>
public sealed record PlanRequest(string Configuration, string File);
