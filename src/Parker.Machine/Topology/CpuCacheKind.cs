namespace Parker.Machine.Topology;

/// <summary>What a cache holds.</summary>
public enum CpuCacheKind
{
    /// <summary>Unknown to this program.</summary>
    Unknown,

    /// <summary>Data.</summary>
    Data,

    /// <summary>Instructions.</summary>
    Instruction,

    /// <summary>Both.</summary>
    Unified,
}
