using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Tests;

/// <summary>What a fake CPU does.</summary>
public enum FakeCpuMode
{
    BootKernel,
    Offline,
    WaitsForStartup,
    RunsKernel,
    RunsParkStub,
}

/// <summary>What the kernel of a fake partition does once it is entered.</summary>
public enum FakeKernelBehaviour
{
    Beats,
    NeverStarts,
    IgnoresInit,
}

/// <summary>A machine in memory that can refuse, or die at, every action, and that fails the test on what a real one could not survive.</summary>
public sealed class FakeMachine : IMachine
{
    private sealed class Cpu
    {
        public required ApicId ApicId { get; init; }

        public FakeCpuMode Mode { get; set; }

        public bool Held { get; set; }
    }

    private sealed class Lease(int cpu, ApicId apicId) : CpuLease(cpu, apicId);

    private readonly SortedDictionary<int, Cpu> _cpus = [];
    private readonly SortedDictionary<PciAddress, FunctionBinding> _functions = [];
    private readonly SortedDictionary<string, CpuSet> _affinities = [];
    private readonly HashSet<PhysicalAddress> _unitsTaken = [];

    public FakeMachine(int cpus = 8)
    {
        for (int number = 0; number < cpus; number++)
        {
            _cpus[number] = new Cpu { ApicId = new ApicId((uint)(number * 2)) };
            _affinities[$"handler {number}"] = CpuSet.Of(number);
        }

        AddFunction("0000:00:03.0", "pcieport");
        AddFunction("0000:01:00.0", "nvme");
        AddFunction("0000:01:00.1", "");
    }

    public FakeClock FakeClock { get; } = new();

    public FaultPlan Faults { get; } = new();

    public FakeMemory Memory { get; } = new();

    public FakeKernelBehaviour Kernel { get; set; }

    public HashSet<PciAddress> DmaOn { get; } = [];

    public HashSet<PhysicalAddress> UnitsOn { get; } = [];

    public int OpenMappings { get; private set; }

    /// <summary>Whether time goes by as it does, and not only by waits.</summary>
    public bool RealTime { get; init; }

    public TimeProvider Clock => RealTime ? TimeProvider.System : FakeClock;

    /// <summary>What the kernels of the partitions do while time goes by.</summary>
    public Action? Waited { get; set; }

    public void Wait(TimeSpan duration)
    {
        if (RealTime)
        {
            Thread.Sleep(duration);
        }

        FakeClock.Advance(duration);
        Waited?.Invoke();
    }

    /// <summary>All that must be the same before and after: CPUs, bindings, affinities, mappings.</summary>
    public string Snapshot() => string.Join('\n',
        [
            .. _cpus.Select(cpu => $"cpu {cpu.Key} {cpu.Value.Mode} held={cpu.Value.Held}"),
            .. _functions.Values.Select(function => function.ToString()),
            .. _affinities.Select(affinity => $"irq {affinity.Key} {affinity.Value}"),
            $"mappings {OpenMappings}",
            $"dma {string.Join(',', DmaOn)}",
            $"units {string.Join(',', UnitsOn)}",
        ]);

    public bool AnyCpuRuns() => _cpus.Values.Any(cpu => cpu.Mode == FakeCpuMode.RunsKernel);

    public FakeCpuMode ModeOf(int cpu) => _cpus[cpu].Mode;

    /// <summary>A kernel that runs in a partition starts one of its CPUs, or stops on it.</summary>
    public void KernelRunsOn(int cpu, bool runs)
    {
        Assert.True(_cpus[cpu].Held, $"a partition's kernel would start CPU {cpu}, which the Boot Kernel uses");
        _cpus[cpu].Mode = runs ? FakeCpuMode.RunsKernel : FakeCpuMode.WaitsForStartup;
    }

    /// <summary>Somebody else brings a CPU online behind Parker's back.</summary>
    public void BreakHold(int cpu)
    {
        _cpus[cpu].Held = false;
        _cpus[cpu].Mode = FakeCpuMode.BootKernel;
    }

    public CpuHolds ReadCpuHolds() => new(
        CpuSet.Of(_cpus.Keys.Where(IsCpuOnline)),
        CpuSet.Of(_cpus.Where(cpu => cpu.Value.Held && cpu.Value.Mode != FakeCpuMode.BootKernel).Select(cpu => cpu.Key)));

    public bool IsCpuOnline(int cpu) => _cpus[cpu].Mode == FakeCpuMode.BootKernel;

    public ApicId ReadApicId(int cpu) => _cpus[cpu].ApicId;

    public CpuLease TakeCpu(int cpu, ApicId apicId)
    {
        Faults.Point($"take CPU {cpu}", canBeRefused: true, () =>
        {
            Assert.Equal(FakeCpuMode.BootKernel, _cpus[cpu].Mode);
            _cpus[cpu].Mode = FakeCpuMode.Offline;
            _cpus[cpu].Held = true;
            foreach (string interrupt in _affinities.Keys.ToArray())
            {
                CpuSet left = _affinities[interrupt].Except(CpuSet.Of(cpu));
                _affinities[interrupt] = left.IsEmpty ? CpuSet.Of(0) : left;
            }
        });
        return new Lease(cpu, apicId);
    }

    public CpuLease? FindLease(int cpu, ApicId apicId) =>
        _cpus[cpu].Held && _cpus[cpu].Mode != FakeCpuMode.BootKernel && _cpus[cpu].ApicId == apicId ? new Lease(cpu, apicId) : null;

    public void ReturnCpu(int cpu) => Faults.Point($"return CPU {cpu}", canBeRefused: true, () =>
    {
        Assert.NotEqual(FakeCpuMode.RunsKernel, _cpus[cpu].Mode);
        _cpus[cpu].Held = false;
        _cpus[cpu].Mode = FakeCpuMode.BootKernel;
    });

    public void SendInit(CpuLease lease) => Faults.Point($"INIT {lease.Cpu}", canBeRefused: true, () =>
    {
        Cpu cpu = _cpus[lease.Cpu];
        Assert.True(cpu.Held, $"an INIT would hit CPU {lease.Cpu}, which the Boot Kernel uses");
        if (!(cpu.Mode == FakeCpuMode.RunsKernel && Kernel == FakeKernelBehaviour.IgnoresInit))
        {
            cpu.Mode = FakeCpuMode.WaitsForStartup;
        }
    });

    public void SendStartup(CpuLease lease, byte vector) => Faults.Point($"SIPI {lease.Cpu}", canBeRefused: true, () =>
    {
        Cpu cpu = _cpus[lease.Cpu];
        if (cpu.Mode != FakeCpuMode.WaitsForStartup)
        {
            return;
        }

        PhysicalAddress page = new((ulong)vector << 12);
        uint code = Memory.ReadUInt32(page);
        if (code == FakeImages.StartStubCode && Kernel != FakeKernelBehaviour.NeverStarts)
        {
            cpu.Mode = FakeCpuMode.RunsKernel;
            foreach (PciAddress function in _functions.Where(function => function.Value.DriverOverride.Length > 0 && function.Value.Driver.Length == 0).Select(function => function.Key))
            {
                DmaOn.Add(function);
            }

            UnitsOn.UnionWith(_unitsTaken);
            Memory.WriteUInt32(page + LowSlotLayout.StartMark, LowSlotLayout.StartMarkValue);
        }
        else if (code == FakeImages.ParkStubCode)
        {
            cpu.Mode = FakeCpuMode.RunsParkStub;
            PhysicalAddress slot = page - LowSlotLayout.ParkStub;
            Memory.WriteUInt32(slot + LowSlotLayout.ParkMark, Memory.ReadUInt32(slot + LowSlotLayout.ParkToken));
        }
    });

    /// <summary>Is called before memory is mapped.</summary>
    public Action? Mapped { get; set; }

    public void SendNmi(CpuLease lease) => Faults.Point($"NMI {lease.Cpu}", canBeRefused: true, () =>
    {
        Assert.True(_cpus[lease.Cpu].Held, $"an NMI would hit CPU {lease.Cpu}, which the Boot Kernel uses");
        NmisTaken.Add(lease.Cpu);
    });

    public List<int> NmisTaken { get; } = [];

    public IMappedMemory Map(PhysicalRangeSet ranges)
    {
        Mapped?.Invoke();
        OpenMappings++;
        return new FakeMapping(Memory, Faults, ranges, () => OpenMappings--);
    }

    public FunctionBinding ReadBinding(PciAddress address) =>
        _functions.TryGetValue(address, out FunctionBinding? binding) ? binding : throw new MachineException($"read {address}", address.ToString(), "No such device");

    public void TakeFunction(FunctionBinding before) => Faults.Point($"take {before.Address}", canBeRefused: true, () =>
        _functions[before.Address] = before with { Driver = "", DriverOverride = "parker", PowerControl = "on", Command = 2 });

    public string QuiesceFunction(PciAddress address)
    {
        Faults.Point($"quiesce {address}", canBeRefused: true, () => DmaOn.Remove(address));
        return "flr";
    }

    public void ReturnFunction(FunctionBinding before) => Faults.Point($"return {before.Address}", canBeRefused: true, () =>
    {
        Assert.DoesNotContain(before.Address, DmaOn);
        Assert.Empty(UnitsOn);
        _functions[before.Address] = before;
    });

    public void TakeRootPort(FunctionBinding before) => Faults.Point($"take root port {before.Address}", canBeRefused: true, () =>
        _functions[before.Address] = before with { Driver = "", PowerControl = "on" });

    public void ReturnRootPort(FunctionBinding before) => Faults.Point($"return root port {before.Address}", canBeRefused: true, () => _functions[before.Address] = before);

    public void TakeUnit(PhysicalAddress registers) => Faults.Point($"take unit {registers}", canBeRefused: true, () =>
    {
        Assert.DoesNotContain(registers, UnitsOn);
        _unitsTaken.Add(registers);
    });

    public void QuiesceUnit(PhysicalAddress registers) => Faults.Point($"switch unit {registers} off", canBeRefused: true, () =>
    {
        // While it is on, its devices' DMA ends where the stopped kernel said.
        Assert.Empty(DmaOn);
        UnitsOn.Remove(registers);
        _unitsTaken.Remove(registers);
    });

    public IReadOnlyList<InterruptAffinity> ReadInterruptAffinity(CpuSet cpus) =>
        [.. _affinities.Where(affinity => affinity.Value.Overlaps(cpus)).Select(affinity => new InterruptAffinity(affinity.Key, affinity.Value, Everywhere: false))];

    public void RestoreInterruptAffinity(IReadOnlyList<InterruptAffinity> affinities, CpuSet returned) => Faults.Point("restore affinities", canBeRefused: true, () =>
    {
        foreach (InterruptAffinity affinity in affinities)
        {
            _affinities[affinity.Source] = affinity.Cpus;
        }
    });

    private void AddFunction(string address, string driver)
    {
        PciAddress at = PciAddress.Parse(address);
        _functions[at] = new FunctionBinding(at, driver, "", "auto", (ushort)(driver.Length == 0 ? 0 : 6));
    }
}
