namespace Parker.Api.Plans;

/// <summary>A step that was taken.</summary>
/// <param name="Order">As in the plan.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Kind"><c>stop</c>, <c>destroy</c>, <c>define</c>, <c>set_policy</c> or <c>start</c>.</param>
public sealed record AppliedStepDocument(int Order, string Partition, string Kind);
