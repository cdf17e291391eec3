using System.Text.Json.Serialization;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Steps;

/// <summary>One change of the machine for a partition, with all that its undo needs. Steps are undone in reverse order.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(ReserveMemoryStep), "reserve-memory")]
[JsonDerivedType(typeof(MoveInterruptsStep), "move-interrupts")]
[JsonDerivedType(typeof(TakeCpuStep), "take-cpu")]
[JsonDerivedType(typeof(TakeRootPortStep), "take-root-port")]
[JsonDerivedType(typeof(TakeFunctionStep), "take-function")]
[JsonDerivedType(typeof(TakeUnitStep), "take-iommu-unit")]
[JsonDerivedType(typeof(RunStep), "run")]
public abstract record Step
{
    /// <summary>The step in words, such as <c>take CPU 3 offline</c>.</summary>
    [JsonIgnore]
    public abstract string Description { get; }

    /// <summary>Its undo in words, such as <c>bring CPU 3 online</c>.</summary>
    [JsonIgnore]
    public abstract string UndoDescription { get; }
}

/// <summary>Memory and low slot are the partition's. Undo: they are zeroed.</summary>
/// <param name="Ranges">Host-physical: the memory ranges and the low slot.</param>
public sealed record ReserveMemoryStep(IReadOnlyList<PhysicalRange> Ranges) : Step
{
    /// <inheritdoc/>
    public override string Description => $"reserve {string.Join(", ", Ranges)}";

    /// <inheritdoc/>
    public override string UndoDescription => $"zero {string.Join(", ", Ranges)} and give it back to the pool";
}

/// <summary>Taking CPUs offline moves their interrupts. Undo: the affinities of before are set again.</summary>
/// <param name="Before">The affinities of before.</param>
public sealed record MoveInterruptsStep(IReadOnlyList<InterruptAffinity> Before) : Step
{
    /// <inheritdoc/>
    public override string Description => $"record the affinity of {Before.Count} interrupts";

    /// <inheritdoc/>
    public override string UndoDescription => $"restore the affinity of {Before.Count} interrupts";
}

/// <summary>A CPU goes offline and is held. Undo: it is brought online.</summary>
/// <param name="Cpu">The Boot Kernel's number.</param>
/// <param name="ApicId">Its APIC ID.</param>
public sealed record TakeCpuStep(int Cpu, ApicId ApicId) : Step
{
    /// <inheritdoc/>
    public override string Description => $"take CPU {Cpu} (APIC ID {ApicId}) offline and hold it";

    /// <inheritdoc/>
    public override string UndoDescription => $"bring CPU {Cpu} (APIC ID {ApicId}) online";
}

/// <summary>The root port above granted buses loses its port services. Undo: they are bound again.</summary>
/// <param name="Before">How it was bound.</param>
public sealed record TakeRootPortStep(FunctionBinding Before) : Step
{
    /// <inheritdoc/>
    public override string Description => $"unbind the port services of root port {Before.Address}";

    /// <inheritdoc/>
    public override string UndoDescription => $"bind the port services of root port {Before.Address} again";
}

/// <summary>A function is detached from the Boot Kernel. Undo: it is quiesced and bound as before.</summary>
/// <param name="Before">How it was bound.</param>
public sealed record TakeFunctionStep(FunctionBinding Before) : Step
{
    /// <inheritdoc/>
    public override string Description => Before.Driver.Length == 0 ? $"detach {Before.Address}" : $"detach {Before.Address} from {Before.Driver}";

    /// <inheritdoc/>
    public override string UndoDescription => Before.Driver.Length == 0 ? $"reset {Before.Address} and give it back" : $"reset {Before.Address} and bind it to {Before.Driver} again";
}

/// <summary>The partition's kernel may use an IOMMU unit. Undo: the unit is switched off.</summary>
/// <param name="Registers">The unit's register page, host-physical.</param>
public sealed record TakeUnitStep(PhysicalAddress Registers) : Step
{
    /// <inheritdoc/>
    public override string Description => $"take the IOMMU unit at {Registers}";

    /// <inheritdoc/>
    public override string UndoDescription => $"switch the IOMMU unit at {Registers} off";
}

/// <summary>The partition's kernel may run on its CPUs. Undo: every CPU is proven parked.</summary>
/// <param name="Cpus">The CPUs.</param>
/// <param name="LowSlot">Where the park stub lies, host-physical.</param>
/// <param name="BootId">The boot that begins.</param>
public sealed record RunStep(IReadOnlyList<PartitionCpu> Cpus, PhysicalAddress LowSlot, Guid BootId) : Step
{
    /// <inheritdoc/>
    public override string Description => $"start CPU {Cpus[0].Number} at {LowSlot}";

    /// <inheritdoc/>
    public override string UndoDescription => $"stop CPUs {CpuSet.Of(Cpus.Select(cpu => cpu.Number))}, prove them parked, and quiesce the devices";
}
