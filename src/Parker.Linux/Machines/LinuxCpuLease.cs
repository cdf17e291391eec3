using Parker.Machine;
using Parker.Partition;

namespace Parker.Linux.Machines;

/// <summary>A lease of this machine.</summary>
internal sealed class LinuxCpuLease : CpuLease
{
    public LinuxCpuLease(LinuxMachine owner, int cpu, ApicId apicId)
        : base(cpu, apicId) => Owner = owner;

    /// <summary>The machine that made it.</summary>
    public LinuxMachine Owner { get; }
}
