namespace Parker.Package.Completion;

/// <summary>What a shell offers for a value.</summary>
internal enum CompletedKind
{
    /// <summary>Nothing: only the user knows.</summary>
    Nothing,

    /// <summary>Words that the definition names.</summary>
    Words,

    /// <summary>The names of partitions.</summary>
    Partitions,

    /// <summary>Files.</summary>
    Files,

    /// <summary>Folders.</summary>
    Folders,
}
