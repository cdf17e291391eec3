using Parker.Machine;

namespace Parker.Partition;

/// <summary>The right to send INIT and SIPI to one CPU: it is offline in the Boot Kernel, and held so that nobody brings it online.</summary>
/// <remarks>
/// Only a machine makes leases, of CPUs that it has taken itself or found taken, and only for itself; INIT and SIPI take nothing else. A lease ends when its CPU is given
/// back, and cannot be used from then on.
/// </remarks>
public abstract class CpuLease
{
    /// <summary>For machines.</summary>
    /// <param name="cpu">The Boot Kernel's number of the CPU.</param>
    /// <param name="apicId">Its APIC ID, read while it was online.</param>
    protected CpuLease(int cpu, ApicId apicId)
    {
        Cpu = cpu;
        ApicId = apicId;
    }

    /// <summary>The Boot Kernel's number of the CPU.</summary>
    public int Cpu { get; }

    /// <summary>Its APIC ID.</summary>
    public ApicId ApicId { get; }
}
