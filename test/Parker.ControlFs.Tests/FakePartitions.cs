using System.Globalization;
using Parker.ControlFs.Tree;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Partition.Tests.Plans;
using Parker.Runtime;

namespace Parker.ControlFs.Tests;

/// <summary>Partitions of a machine with CPUs 0 to 7, of which 0 stays, 4 GiB of pool, and two devices on buses of their own.</summary>
internal sealed class FakePartitions : IControlledPartitions
{
    private static readonly ByteSize Pool = ByteSize.FromGibibytes(4);

    private readonly Lock _sync = new();
    private readonly SortedDictionary<PartitionName, ControlledPartition> _partitions = [];

    /// <summary>Told of each change.</summary>
    public Action<PartitionName, string> Changed { get; set; } = (_, _) => { };

    /// <summary>What the next start fails by.</summary>
    public Exception? StartFailure { get; set; }

    /// <summary>What the next change of CPUs fails by.</summary>
    public Exception? SetFailure { get; set; }

    /// <summary>What a start waits for.</summary>
    public ManualResetEventSlim StartGate { get; } = new(initialState: true);

    /// <summary>Whose command was carried out last.</summary>
    public (uint Uid, int Process) Asker { get; private set; }

    /// <summary>The kernels' logs, a piece for each look; each kernel has the same.</summary>
    public Queue<LogPiece> Logs { get; } = new();

    /// <summary>What the next look at a log fails by.</summary>
    public Exception? LogFailure { get; set; }

    /// <summary>How often <c>topology</c> was made.</summary>
    public int Topologies { get; private set; }

    public string Version => "0.1.0";

    public IReadOnlyList<PartitionName> Names
    {
        get
        {
            lock (_sync)
            {
                return [.. _partitions.Keys];
            }
        }
    }

    public bool TryGetState(PartitionName name, out PartitionState state)
    {
        lock (_sync)
        {
            bool isThere = _partitions.TryGetValue(name, out ControlledPartition? partition);
            state = isThere ? partition!.State : default;
            return isThere;
        }
    }

    public ControlledPartition? Find(PartitionName name)
    {
        lock (_sync)
        {
            return _partitions.GetValueOrDefault(name);
        }
    }

    public void AskedBy(uint uid, int process) => Asker = (uid, process);

    public void Check(PartitionDraft draft)
    {
        lock (_sync)
        {
            _ = PlanOf(draft);
        }
    }

    public void Define(PartitionDraft draft)
    {
        lock (_sync)
        {
            if (_partitions.TryGetValue(draft.Name, out ControlledPartition? old) && old.State != PartitionState.Defined)
            {
                throw Refused("RUN003", "It holds its CPUs.");
            }

            _partitions[draft.Name] = new ControlledPartition(PlanOf(draft), draft.Restart, PartitionState.Defined, new Evidence("defined", DateTimeOffset.UnixEpoch));
        }

        Changed(draft.Name, "defined");
    }

    public void Start(PartitionName name)
    {
        StartGate.Wait();
        if (StartFailure is Exception failure)
        {
            StartFailure = null;
            throw failure;
        }

        if (Find(name)?.State == PartitionState.Running)
        {
            throw Refused("RUN003", "It is running already.");
        }

        Become(name, PartitionState.Running, "heartbeat 1");
    }

    public void Stop(PartitionName name) => Become(name, PartitionState.Stopped, "its kernel shut down when asked");

    public void SetMemory(PartitionName name, string size)
    {
        lock (_sync)
        {
            ControlledPartition partition = _partitions.GetValueOrDefault(name) ?? throw Refused("RUN001", "There is none.");
            if (partition.Plan.ElasticMemory is not { } elastic)
            {
                throw Refused("FIT024", "Its memory stays what it is.");
            }

            if (!ByteSize.TryParse(size, CultureInfo.InvariantCulture, out ByteSize wanted))
            {
                throw Refused("REQ003", $"'{size}' is no size.");
            }

            if (wanted > elastic.Max)
            {
                throw Refused("FIT026", "It would have too much.");
            }

            ulong pieces = (wanted - partition.Plan.BaseMemorySize) / elastic.Step;
            PhysicalAddress start = elastic.Windows[0].Range.Start;
            _partitions[name] = partition with
            {
                Plan = partition.Plan with { AddedMemory = [.. Enumerable.Range(0, (int)pieces).Select(place => new AddedMemory(place, new PhysicalRange(start + (elastic.Step * (ulong)place), elastic.Step), 0))] },
            };
        }
    }

    public void SetCpus(PartitionName name, CpuSet cpus)
    {
        if (SetFailure is Exception failure)
        {
            SetFailure = null;
            throw failure;
        }

        lock (_sync)
        {
            ControlledPartition partition = _partitions.GetValueOrDefault(name) ?? throw Refused("RUN001", "There is none.");
            if (!partition.Plan.IsElastic)
            {
                throw Refused("FIT016", "Its CPUs stay what they are.");
            }

            if (cpus.Count > partition.Plan.CpusMax)
            {
                throw Refused("FIT015", "It would have too many.");
            }

            _partitions[name] = partition with { Plan = partition.Plan with { Cpus = [.. cpus.Select(PlacedOf)] } };
        }

        Changed(name, $"cpus: {cpus}");
    }

    public void SetRestart(PartitionName name, RestartPolicy restart)
    {
        lock (_sync)
        {
            _partitions[name] = _partitions[name] with { Restart = restart };
        }
    }

    public void Destroy(PartitionName name)
    {
        lock (_sync)
        {
            ControlledPartition partition = _partitions.GetValueOrDefault(name) ?? throw Refused("RUN001", "There is none.");
            if (partition.State == PartitionState.Running)
            {
                throw Refused("RUN005", "It is running.");
            }

            _ = _partitions.Remove(name);
        }

        Changed(name, "gone");
    }

    public LogPiece ReadLog(PartitionName name, string? after) =>
        LogFailure is Exception failure ? throw failure : Logs.TryDequeue(out LogPiece? piece) ? piece : new LogPiece("", after, Begins: after is null);

    public string Plan(string configuration) =>
        configuration.Contains("[[partition]]", StringComparison.Ordinal) ? "a plan\n" : throw Refused("CFG001", "It names no partition.");

    public string ReadTopology() => $"topology {++Topologies}\n";

    public string ReadCheck() => "ok\n";

    /// <summary>Defines one as another door would.</summary>
    public void Add(PartitionPlan plan)
    {
        lock (_sync)
        {
            _partitions[plan.Name] = new ControlledPartition(plan, RestartPolicy.Never, PartitionState.Defined, new Evidence("defined", DateTimeOffset.UnixEpoch));
        }
    }

    /// <summary>Changes a state as a kernel would.</summary>
    public void Become(PartitionName name, PartitionState state, string evidence)
    {
        lock (_sync)
        {
            ControlledPartition partition = _partitions.GetValueOrDefault(name) ?? throw Refused("RUN001", "There is none.");
            _partitions[name] = partition with { State = state, Evidence = new Evidence(evidence, DateTimeOffset.UnixEpoch) };
        }

        Changed(name, $"{state}: {evidence}");
    }

    private static PartitionException Refused(string id, string message) => new(new Diagnostic(id, DiagnosticSeverity.Error, "partition", message));

    private PartitionPlan PlanOf(PartitionDraft draft)
    {
        PartitionPlan[] others = [.. _partitions.Values.Select(partition => partition.Plan).Where(plan => plan.Name != draft.Name)];
        foreach (int cpu in draft.Cpus)
        {
            if (cpu > 7)
            {
                throw Refused("FIT011", $"There is no CPU {cpu}.");
            }

            if (cpu == 0)
            {
                throw Refused("PLAN003", "The machine started on CPU 0.");
            }

            if (others.Any(plan => plan.Cpus.Any(taken => taken.Number == cpu)))
            {
                throw Refused("FIT014", $"CPU {cpu} belongs to another partition.");
            }
        }

        PhysicalRange memory = MemoryOf(draft, others);
        foreach (PciAddress device in draft.Devices)
        {
            if (device.Bus is not (1 or 2))
            {
                throw Refused("FIT003", $"There is no {device}.");
            }
        }

        return ExamplePlans.Small with
        {
            Name = draft.Name,
            Cpus = [.. draft.Cpus.Select(PlacedOf)],
            CpusMax = draft.CpusMax ?? 0,
            Memory = [new PartitionMemory(memory, 0)],
            ElasticMemory = MaxOf(draft) is ByteSize most ? new ElasticMemory(most.Bytes, ElasticMemory.SmallestBlock.Bytes, [new PartitionMemory(new PhysicalRange(new PhysicalAddress(0x2_0000_0000), most), 0)]) : null,
            LowSlot = new PhysicalAddress(0x10000UL * (ulong)(1 + others.Length)),
            Buses = [.. draft.Devices.Select(device => ExamplePlans.Small.Buses[0] with { Buses = new PciBusRange(0, device.Bus, device.Bus), Functions = [device] })],
            KernelPath = draft.Kernel,
            InitrdPaths = draft.Initrd,
            CommandLine = draft.CommandLine,
        };
    }

    private static ByteSize? MaxOf(PartitionDraft draft) => draft.MemoryMax.Length == 0 ? null
        : ByteSize.TryParse(draft.MemoryMax, CultureInfo.InvariantCulture, out ByteSize most) ? most
        : throw Refused("REQ010", $"'{draft.MemoryMax}' is no size.");

    private static PartitionCpu PlacedOf(int cpu) => new(cpu, new ApicId((uint)cpu), 0);

    private static PhysicalRange MemoryOf(PartitionDraft draft, PartitionPlan[] others)
    {
        ulong used = others.Aggregate(0UL, (sum, plan) => sum + plan.PrimaryRange.Length.Bytes);
        string size = draft.Memory.Split('@')[0];
        if (draft.Memory.Length == 0)
        {
            return new PhysicalRange(new PhysicalAddress(0x100000000), ByteSize.Zero);
        }

        if (!ByteSize.TryParse(size, CultureInfo.InvariantCulture, out ByteSize wanted))
        {
            throw Refused("REQ003", $"'{draft.Memory}' is neither a size nor a range.");
        }

        return wanted.Bytes + used <= Pool.Bytes
            ? new PhysicalRange(new PhysicalAddress(0x100000000 + used), wanted)
            : throw Refused("FIT022", $"It wants {wanted} of memory.");
    }
}
