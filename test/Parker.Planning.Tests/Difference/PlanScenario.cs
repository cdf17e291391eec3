using CsCheck;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Configuration;
using Parker.Planning.Difference;
using Parker.Planning.Explicit;

namespace Parker.Planning.Tests.Difference;

/// <summary>A random machine with random wishes.</summary>
internal sealed record PlanScenario(SyntheticMachine Size, IReadOnlyList<PartitionSettings> Partitions)
{
    private static readonly Gen<SyntheticMachine> Machines = Gen.Select(
        Gen.Int[1, 4], Gen.Int[1, 6], Gen.Int[1, 2], Gen.Int[1, 4], Gen.Int[0, 600].Array[0, 4], Gen.Int[0, 5], Gen.Int[0, 9])
        .Select((nodes, cores, threads, cache, pool, devices, slots) => new SyntheticMachine(nodes, cores, threads, cache, [.. pool.Select(size => size & ~1)], devices, slots, HasUnits: devices % 2 == 1));

    /// <summary>Machines and wishes, most of which fit.</summary>
    public static Gen<PlanScenario> All { get; } = Machines.SelectMany(machine => Wish(machine).Array[0, 6].Select(partitions => new PlanScenario(
        machine,
        [.. partitions.Select((partition, index) => partition with { Wish = partition.Wish with { Name = PartitionName.Parse($"p{index}") } })])));

    public MachineTopology Machine { get; } = Size.Build();

    public ParkerConfiguration Configuration => new(BootKernelShare.Default, Partitions);

    public MachinePlan? Plan(IReadOnlyList<CurrentPartition> current, DiagnosticBag? diagnostics = null) =>
        MachinePlanner.TryPlan(Configuration, Machine, current, diagnostics ?? [], Size.LowSlots);

    /// <summary>The wishes that fit one after another, and the plan of all of them.</summary>
    public (PlanScenario Fitting, MachinePlan Plan) Fit()
    {
        PlanScenario fitting = this with { Partitions = [] };
        MachinePlan plan = fitting.Plan([])!;
        foreach (PartitionSettings partition in Partitions)
        {
            PlanScenario more = fitting with { Partitions = [.. fitting.Partitions, partition] };
            if (more.Plan([]) is MachinePlan fits)
            {
                (fitting, plan) = (more, fits);
            }
        }

        return (fitting, plan);
    }

    /// <summary>The partitions as they are once a plan is applied.</summary>
    public static IReadOnlyList<CurrentPartition> Applied(MachinePlan plan, bool running) =>
        [.. plan.Changes.Where(change => change.After is not null).Select(change => new CurrentPartition(change.After!, running, running) { Policy = change.Steps.Select(step => step.Policy).DefaultIfEmpty(change.Before?.Policy ?? PartitionPolicy.None).Last() })];

    /// <summary>The machine with the CPUs of partitions that run offline, as the kernel shows it then.</summary>
    public MachineTopology MachineWith(IReadOnlyList<CurrentPartition> running)
    {
        CpuSet offline = CpuSet.Of(running.SelectMany(partition => partition.Plan.Cpus).Select(cpu => cpu.Number));
        return Machine with
        {
            Cpus = [.. Machine.Cpus.Select(cpu => cpu with { Online = !offline.Contains(cpu.Number), Siblings = offline.Contains(cpu.Number) ? cpu.Siblings : cpu.Siblings.Except(offline) })],
            Caches = [.. Machine.Caches.Select(cache => cache with { SharedBy = cache.SharedBy.Except(offline) }).Where(cache => !cache.SharedBy.IsEmpty)],
        };
    }

    public override string ToString() => $"{Size} {string.Join("; ", Partitions.Select(partition => partition.Wish))}";

    private static Gen<PartitionSettings> Wish(SyntheticMachine machine) => Gen.Select(
        Gen.Int[0, machine.Cpus / 2], Gen.Int[1, 500], Gen.Int[-6, machine.Nodes - 1], Gen.Int[-2, machine.Devices - 1], Gen.Int[0, 5], Gen.Bool)
        .Select((cpus, mebibytes, node, device, named, autostart) => new PartitionSettings(
            new PartitionWish
            {
                Name = PartitionName.Parse("p"),
                CpuCount = cpus,
                Cpus = named == 0 ? CpuSet.Of(cpus, Math.Min(cpus + 1, machine.Cpus)) : null,
                MemorySize = ByteSize.FromMebibytes((ulong)mebibytes),
                Node = node < 0 ? null : node,
                Devices = device < 0 ? [] : [SyntheticMachine.Device(device)],
                KernelPath = "/boot/vmlinuz",
            },
            RestartPolicy.Never,
            autostart));
}
