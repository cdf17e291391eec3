using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Parker.Daemon.ControlFiles;
using Parker.Daemon.FakeHost;
using Parker.Daemon.Hosting;
using Parker.Daemon.Http;
using Parker.Daemon.Partitions;
using Parker.Daemon.State;
using Parker.Daemon.Tests.ControlFiles;
using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Tests;
using Parker.Runtime;
using Parker.Runtime.Journal;
using Parker.Runtime.Tests;

int partitions = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 8;
StateFolder state = StateFolder.Open(args[0]);
const int cpus = 10;
FakeMachine machine = new(cpus) { RealTime = true };
FakeImages images = new();
PartitionPlan[] plans =
[
    .. Enumerable.Range(1, partitions).Select(number => TestPlans.Plan(
        string.Create(CultureInfo.InvariantCulture, $"p{number}"),
        (number + 1).ToString(CultureInfo.InvariantCulture),
        memoryAtMebibyte: 4096 + ((ulong)number * 256),
        slot: (ulong)number * 0x10000,
        withDevice: false)),
];
using (FileJournal journal = FileJournal.Open(state.Journal))
using (PartitionRuntime runtime = PartitionRuntime.Open(machine, journal, images, new RuntimeOptions()))
{
    foreach (PartitionPlan plan in plans)
    {
        runtime.Define(plan);
        runtime.Start(plan.Name);
    }
}

// A thread of its own: the daemon's pool of threads is to stay as it is without the fake kernels.
new Thread(Beat) { IsBackground = true, Name = "fake kernels" }.Start();
MessageList messages = new();
using PartitionService service = PartitionService.Open(state, machine, images, ReadTopology, TimeSpan.Zero);
using Supervisor supervisor = new(service, NullLogger.Instance);
using StateWatcher watcher = new(service, supervisor.Wake, NullLogger.Instance);
using KernelWatcher inside = new(service.Inspection);
using ControlFileDoor? files = ControlFileDoor.TryMount(service, new ControlFilePlace(Path.Combine(state.Path, "fs"), Group: null), FakeTexts.All, messages);
await using ApiServer server = await ApiServer.StartAsync(service, state.Socket, _ => { });
Console.WriteLine("ready");
while (Console.ReadLine() is string command)
{
    if (command == "check")
    {
        string[] problems = [.. Consistency.Problems(service, state, machine), .. messages.Messages.Where(message => message.Contains("fault", StringComparison.Ordinal))];
        Console.WriteLine(problems.Length == 0 ? "consistent" : string.Join("; ", problems).ReplaceLineEndings(" "));
        continue;
    }

    PartitionPlan plan = plans[int.Parse(command.Split(' ')[1], CultureInfo.InvariantCulture) - 1];
    machine.Memory.WriteUInt32(plan.PrimaryRange.Start + HeaderPageLayout.ResetWord, HeaderPageLayout.ResetWordBase + 2);
}

// The CPUs that the fake machine has are online as it says.
MachineTopology ReadTopology()
{
    MachineTopology topology = TestMachine.Server();
    return topology with { Cpus = [.. topology.Cpus.Select(cpu => cpu.Number < cpus ? cpu with { Online = machine.IsCpuOnline(cpu.Number) } : cpu)] };
}

void Beat()
{
    while (true)
    {
        foreach (PartitionPlan plan in plans)
        {
            PhysicalAddress heartbeat = plan.PrimaryRange.Start + HeaderPageLayout.Heartbeat;
            machine.Memory.WriteUInt32(heartbeat, machine.Memory.ReadUInt32(heartbeat) + 1);
        }

        Thread.Sleep(TimeSpan.FromSeconds(1));
    }
}
