namespace Parker.Runtime.Steps;

/// <summary>What kind of thing an operation would do.</summary>
public enum PlannedActionKind
{
    /// <summary>A step is journaled and taken.</summary>
    Take,

    /// <summary>A step that was taken is undone.</summary>
    Undo,

    /// <summary>Memory of the partition is zeroed or written.</summary>
    Write,

    /// <summary>The partition's kernel is asked for something.</summary>
    Ask,
}
