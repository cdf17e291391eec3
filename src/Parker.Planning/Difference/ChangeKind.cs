namespace Parker.Planning.Difference;

/// <summary>What becomes of a partition.</summary>
public enum ChangeKind
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>It is new.</summary>
    Create,

    /// <summary>It goes on as it is; what is done for it without anybody asking changes.</summary>
    Adjust,

    /// <summary>CPUs or memory come or go while it runs.</summary>
    Resize,

    /// <summary>It stays what it is, and is started.</summary>
    Start,

    /// <summary>It gets something else: it is given up, defined anew, and started where it ran.</summary>
    Replace,

    /// <summary>It is no longer in the configuration.</summary>
    Remove,
}
