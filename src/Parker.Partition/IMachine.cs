using Parker.Machine;

namespace Parker.Partition;

/// <summary>The actions that a machine offers to whoever runs partitions on it.</summary>
/// <remarks>
/// Each action is one step that its caller has journaled before, and each undo can be done twice: after a crash nobody knows whether it was done once. Actions throw
/// <see cref="MachineException"/> when the machine refuses. Reading the state of something changes nothing.
/// </remarks>
public interface IMachine
{
    /// <summary>The clock for waits and time stamps.</summary>
    TimeProvider Clock { get; }

    /// <summary>Waits; below 1 ms by spinning.</summary>
    void Wait(TimeSpan duration);

    /// <summary>Which CPUs are online and which are held, all at one look.</summary>
    CpuHolds ReadCpuHolds();

    /// <summary>The APIC ID of an online CPU.</summary>
    ApicId ReadApicId(int cpu);

    /// <summary>Takes a CPU offline and holds it: nobody can bring it online by its <c>online</c> file or by SMT control until it is returned.</summary>
    /// <param name="cpu">The Boot Kernel's number.</param>
    /// <param name="apicId">The APIC ID that the plan gives it; compared with the machine's while the CPU is still online.</param>
    CpuLease TakeCpu(int cpu, ApicId apicId);

    /// <summary>The lease on a CPU that an earlier process took: it is offline and held. Null where it is not.</summary>
    CpuLease? FindLease(int cpu, ApicId apicId);

    /// <summary>Ends the hold and brings the CPU online. Done already: nothing happens.</summary>
    void ReturnCpu(int cpu);

    /// <summary>Sends INIT: the CPU leaves whatever it does and waits for a SIPI.</summary>
    void SendInit(CpuLease lease);

    /// <summary>Sends a SIPI: a CPU that waits for one starts in real mode at <paramref name="vector"/> x 4096.</summary>
    void SendStartup(CpuLease lease, byte vector);

    /// <summary>Sends an NMI: a kernel that runs there takes it even where it has switched interrupts off.</summary>
    void SendNmi(CpuLease lease);

    /// <summary>Maps ranges of the pool.</summary>
    /// <param name="ranges">Host-physical, multiples of 4 KiB, not System RAM of the Boot Kernel.</param>
    IMappedMemory Map(PhysicalRangeSet ranges);

    /// <summary>How a function is bound now.</summary>
    FunctionBinding ReadBinding(PciAddress address);

    /// <summary>Unbinds the function's driver and keeps every other from binding; the function stays in D0 with decoding on and bus mastering off.</summary>
    void TakeFunction(FunctionBinding before);

    /// <summary>Stops the function's DMA (bus mastering off), then resets it.</summary>
    /// <returns>How it was reset, such as <c>flr</c>; empty where no reset was possible.</returns>
    string QuiesceFunction(PciAddress address);

    /// <summary>Binds the function as it was. Done already: nothing happens.</summary>
    void ReturnFunction(FunctionBinding before);

    /// <summary>Unbinds the port services (hotplug, AER, DPC) of the root port above granted buses and keeps the port awake.</summary>
    void TakeRootPort(FunctionBinding before);

    /// <summary>Binds the root port as it was. Done already: nothing happens.</summary>
    void ReturnRootPort(FunctionBinding before);

    /// <summary>Checks that an IOMMU unit can be reached and that nobody uses it: it neither translates addresses nor remaps interrupts.</summary>
    /// <param name="registers">The unit's register page, host-physical.</param>
    void TakeUnit(PhysicalAddress registers);

    /// <summary>Switches an IOMMU unit's translation, interrupt remapping and invalidation queue off. Its devices are quiesced before.</summary>
    /// <param name="registers">The unit's register page, host-physical.</param>
    void QuiesceUnit(PhysicalAddress registers);

    /// <summary>The affinity of every interrupt that may be delivered to one of the CPUs.</summary>
    IReadOnlyList<InterruptAffinity> ReadInterruptAffinity(CpuSet cpus);

    /// <summary>Sets affinities again after CPUs came back; interrupts that are gone, or that the kernel manages itself, are passed over.</summary>
    /// <param name="affinities">As they were. One that was everywhere goes everywhere again, and so does one that is new since and was spread over all CPUs but these.</param>
    /// <param name="returned">The CPUs that came back.</param>
    void RestoreInterruptAffinity(IReadOnlyList<InterruptAffinity> affinities, CpuSet returned);
}
