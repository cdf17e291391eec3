namespace Parker.Api.Inspection;

/// <summary>What a CPU of an Application Kernel was busy with since that kernel began; the rest of the time it was idle.</summary>
/// <param name="Cpu">The Application Kernel's number.</param>
/// <param name="UserNs">Programs.</param>
/// <param name="SystemNs">The kernel for them.</param>
/// <param name="InterruptsNs">Interrupts and what they put off.</param>
public sealed record CpuUsageDocument(int Cpu, long UserNs, long SystemNs, long InterruptsNs);
