namespace Parker.Runtime.Steps;

/// <summary>One thing that an operation would do now.</summary>
/// <param name="Kind">What is done with the step.</param>
/// <param name="Step">The step that is taken or undone; null where that is no step of the journal.</param>
/// <param name="Description">In words.</param>
public sealed record PlannedAction(PlannedActionKind Kind, Step? Step, string Description)
{
    internal static PlannedAction Take(Step step) => new(PlannedActionKind.Take, step, step.Description);

    internal static PlannedAction Undo(Step step) => new(PlannedActionKind.Undo, step, step.UndoDescription);

    internal static PlannedAction Write(string description) => new(PlannedActionKind.Write, null, description);

    internal static PlannedAction Ask(string description) => new(PlannedActionKind.Ask, null, description);
}
