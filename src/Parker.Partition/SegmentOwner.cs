namespace Parker.Partition;

/// <summary>Who may write to a segment once the partition runs.</summary>
public enum SegmentOwner
{
    /// <summary>The Application Kernel.</summary>
    ApplicationKernel,

    /// <summary>Parker and the code that Parker put into the partition (header page, UEFI runtime, stubs).</summary>
    Parker,
}
