using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Linux.Machines;

/// <summary>The machine that this process runs on. Needs root.</summary>
/// <remarks>One at a time in a machine, and one thread at a time: whoever holds the lock of the state folder.</remarks>
public sealed class LinuxMachine : IMachine, IDisposable
{
    private const uint ApicBaseRegister = 0x1B;
    private const ulong BootstrapProcessorFlag = 1UL << 8;
    private const ulong X2apicFlag = 1UL << 10;

    private readonly CpuHotplug _hotplug;
    private ILocalApic? _apic;

    /// <summary>The machine.</summary>
    /// <param name="stateFolder">A folder on a file system that bind mounts can be made from; exists.</param>
    public LinuxMachine(string stateFolder) => _hotplug = new CpuHotplug(stateFolder);

    /// <inheritdoc/>
    public TimeProvider Clock => TimeProvider.System;

    /// <inheritdoc/>
    public void Wait(TimeSpan duration)
    {
        if (duration >= TimeSpan.FromMilliseconds(1))
        {
            Thread.Sleep(duration);
            return;
        }

        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < duration)
        {
            Thread.SpinWait(10);
        }
    }

    /// <inheritdoc/>
    public CpuHolds ReadCpuHolds() => CpuHotplug.ReadHolds();

    /// <inheritdoc/>
    public ApicId ReadApicId(int cpu) => CpuHotplug.ReadApicId(cpu);

    /// <inheritdoc/>
    public CpuLease TakeCpu(int cpu, ApicId apicId)
    {
        string operation = $"take CPU {cpu} offline";
        ApicId actual = ReadApicId(cpu);
        if (actual != apicId)
        {
            throw new MachineException(operation, $"CPU {cpu}", $"its APIC ID is {actual}, and the plan says {apicId}");
        }

        if ((ReadMsr(cpu, ApicBaseRegister, operation) & BootstrapProcessorFlag) != 0)
        {
            throw new MachineException(operation, $"CPU {cpu}", "it is the bootstrap processor, which an INIT sends to the reset vector");
        }

        _hotplug.Take(cpu);
        return new LinuxCpuLease(this, cpu, apicId);
    }

    /// <inheritdoc/>
    public CpuLease? FindLease(int cpu, ApicId apicId) => CpuHotplug.IsHeld(cpu) ? new LinuxCpuLease(this, cpu, apicId) : null;

    /// <inheritdoc/>
    public void ReturnCpu(int cpu) => CpuHotplug.Return(cpu);

    /// <inheritdoc/>
    public void SendInit(CpuLease lease)
    {
        CheckLease(lease, "send INIT");
        Apic().SendInit(lease.ApicId);
    }

    /// <inheritdoc/>
    public void SendStartup(CpuLease lease, byte vector)
    {
        CheckLease(lease, "send a SIPI");
        Apic().SendStartup(lease.ApicId, vector);
    }

    /// <inheritdoc/>
    public void SendNmi(CpuLease lease)
    {
        CheckLease(lease, "send an NMI");
        Apic().SendNmi(lease.ApicId);
    }

    /// <inheritdoc/>
    public IMappedMemory Map(PhysicalRangeSet ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        return new DevMemMemory(ranges);
    }

    /// <inheritdoc/>
    public FunctionBinding ReadBinding(PciAddress address) => FunctionBinder.Read(address);

    /// <inheritdoc/>
    public void TakeFunction(FunctionBinding before) => FunctionBinder.Take(before);

    /// <inheritdoc/>
    public string QuiesceFunction(PciAddress address) => FunctionBinder.Quiesce(address);

    /// <inheritdoc/>
    public void ReturnFunction(FunctionBinding before) => FunctionBinder.Return(before);

    /// <inheritdoc/>
    public void TakeRootPort(FunctionBinding before) => FunctionBinder.TakeRootPort(before);

    /// <inheritdoc/>
    public void ReturnRootPort(FunctionBinding before) => FunctionBinder.Return(before);

    /// <inheritdoc/>
    public void TakeUnit(PhysicalAddress registers)
    {
        using IommuUnitRegisters unit = new(registers);
        unit.CheckIdle();
    }

    /// <inheritdoc/>
    public void QuiesceUnit(PhysicalAddress registers)
    {
        using IommuUnitRegisters unit = new(registers);
        unit.SwitchOff();
    }

    /// <inheritdoc/>
    public IReadOnlyList<InterruptAffinity> ReadInterruptAffinity(CpuSet cpus) => InterruptAffinityFiles.Read(cpus);

    /// <inheritdoc/>
    public void RestoreInterruptAffinity(IReadOnlyList<InterruptAffinity> affinities, CpuSet returned)
    {
        ArgumentNullException.ThrowIfNull(affinities);
        InterruptAffinityFiles.Restore(affinities, returned);
    }

    /// <inheritdoc/>
    public void Dispose() => _apic?.Dispose();

    private static ulong ReadMsr(int cpu, uint register, string operation)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/dev/cpu/{cpu}/msr");
        using SafeFileHandle file = KernelFile.Open(path, FileCalls.O_RDONLY, operation);
        Span<byte> value = stackalloc byte[8];
        return FileCalls.ReadAt(file, value, 8, register) == 8
            ? BinaryPrimitives.ReadUInt64LittleEndian(value)
            : throw KernelFile.Failure(operation, $"{path} at 0x{register:x}");
    }

    /// <summary>The last look before an interrupt that would kill a CPU of the Boot Kernel: the kernel's own list, now.</summary>
    private void CheckLease(CpuLease lease, string operation)
    {
        ArgumentNullException.ThrowIfNull(lease);
        if (lease is not LinuxCpuLease own || own.Owner != this)
        {
            throw new ArgumentException("A lease of another machine.", nameof(lease));
        }

        if (!CpuHotplug.IsHeld(lease.Cpu))
        {
            throw new MachineException(operation, $"CPU {lease.Cpu}", "it is no longer offline and held; nothing was sent");
        }
    }

    private ILocalApic Apic()
    {
        if (_apic is null)
        {
            int cpu = CpuHotplug.Online().First();
            bool x2apic = (ReadMsr(cpu, ApicBaseRegister, "find out the local APIC's mode") & X2apicFlag) != 0;
            _apic = x2apic ? new X2apic(cpu) : new Xapic();
        }

        return _apic;
    }
}
