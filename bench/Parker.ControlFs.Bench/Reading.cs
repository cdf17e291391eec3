namespace Parker.ControlFs.Bench;

/// <summary>What reading cost.</summary>
/// <param name="Microseconds">Of one read.</param>
/// <param name="AllocatedBytes">By the file system, of all reads.</param>
internal sealed record Reading(double Microseconds, long AllocatedBytes);
