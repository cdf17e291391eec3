namespace Parker.Api.Plans;

/// <summary>One step of a plan.</summary>
/// <param name="Order">When it is taken among the steps of all partitions, from 1.</param>
/// <param name="Kind"><c>stop</c>, <c>destroy</c>, <c>define</c>, <c>set_policy</c> or <c>start</c>.</param>
/// <param name="Details">What it means for the machine, a line each.</param>
public sealed record PlanStepDocument(int Order, string Kind, IReadOnlyList<string> Details);
