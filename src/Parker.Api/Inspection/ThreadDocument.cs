namespace Parker.Api.Inspection;

/// <summary>One thread of an Application Kernel.</summary>
/// <param name="ProcessId">Its process.</param>
/// <param name="ThreadId">Its number.</param>
/// <param name="ParentId">The process that started that; 0 for none.</param>
/// <param name="State"><c>running</c>, <c>sleeping</c>, <c>disk_sleep</c>, <c>stopped</c>, <c>traced</c>, <c>dead</c>, <c>zombie</c>, <c>parked</c>, <c>idle</c>.</param>
/// <param name="KernelThread">Whether it is the kernel's own.</param>
/// <param name="Cpu">The CPU that it runs on or ran on last, by the Application Kernel's number; null where that is not known.</param>
/// <param name="CpuTimeNs">The CPU time that it has used.</param>
/// <param name="StartedNs">When it began, since the kernel did.</param>
/// <param name="ResidentBytes">Memory of its process that is there.</param>
/// <param name="VirtualBytes">Addresses that its process has mapped.</param>
/// <param name="Name">Its name.</param>
/// <param name="Command">The command line of its process; empty for kernel threads and where it cannot be read.</param>
public sealed record ThreadDocument(
    int ProcessId,
    int ThreadId,
    int ParentId,
    string State,
    bool KernelThread,
    int? Cpu,
    long CpuTimeNs,
    long StartedNs,
    ulong ResidentBytes,
    ulong VirtualBytes,
    string Name,
    string Command);
