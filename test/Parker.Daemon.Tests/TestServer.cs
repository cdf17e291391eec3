using Parker.Api.Partitions;
using Parker.Cli.Tests;
using Parker.Daemon.Events;
using Parker.Daemon.Http;
using Parker.Daemon.Partitions;
using Parker.Daemon.State;
using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Tests;
using Parker.Runtime.Journal;
using Parker.Runtime.Steps;
using Parker.Runtime.Tests;

namespace Parker.Daemon.Tests;

/// <summary>A fake machine with a state folder, on which each command gets a daemon of its own: the journal is all that goes from one to the next.</summary>
internal sealed class TestServer : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private PartitionService? _service;
    private ApiServer? _api;

    public static PartitionName Name { get; } = PartitionName.Parse("db");

    public FakeMachine Machine { get; } = new();

    public FakeImages Images { get; } = new();

    public MachineTopology Topology { get; set; } = TestMachine.Server();

    public StateFolder State => StateFolder.Open(_folder["state"]);

    /// <summary>The service of one more daemon, which takes over from the one before.</summary>
    public PartitionService Command() => Command(new EventLog());

    /// <summary>The same, with the events of it from its first moment on.</summary>
    public PartitionService Command(EventLog events)
    {
        End();
        return _service = PartitionService.Open(State, Machine, Images, ReadTopology, TimeSpan.Zero, events);
    }

    /// <summary>The socket of the daemon's API; the daemon is started where none runs.</summary>
    public string Socket
    {
        get
        {
            _api ??= ApiServer.StartAsync(Command(), State.Socket, _ => { }).GetAwaiter().GetResult();
            return State.Socket;
        }
    }

    /// <summary>The daemon looks at the kernels' logs, as it does once a second.</summary>
    public void Look() => _service!.Inspection.Look();

    /// <summary>The service of the daemon that runs.</summary>
    public PartitionService Service => _service!;

    /// <summary>The daemon ends; what runs goes on.</summary>
    public void End()
    {
        _api?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _api = null;
        _service?.Dispose();
    }

    public static PartitionRequest Request(string name = "db", string cpus = "4-5", string memory = "256M", params string[] devices) => new()
    {
        Name = name,
        Cpus = cpus,
        Memory = memory,
        Devices = devices,
        Kernel = "/boot/vmlinuz",
        Initrd = ["/boot/initrd.img"],
        CommandLine = "quiet",
    };

    /// <summary>The partition <c>db</c> with a disk, defined.</summary>
    public PartitionDocument Define() => Command().Create(Request(devices: "0000:01:00.0"), dryRun: false, []);

    /// <summary>The partition <c>db</c>, started.</summary>
    public void DefineAndStart()
    {
        Define();
        Command().Start(Name);
    }

    /// <summary>The partition <c>db</c> with up to 4 CPUs and 768 MiB, started, and its kernel, which runs.</summary>
    public FakeElasticKernel DefineAndStartElastic()
    {
        Command().Create(Request() with { CpusMax = 4, MemoryMax = "768M" }, dryRun: false, []);
        Command().Start(Name);
        return RunElastic();
    }

    /// <summary>The kernel of the partition <c>db</c>, which was started with CPUs that may come; it runs.</summary>
    public FakeElasticKernel RunElastic()
    {
        FakeElasticKernel kernel = new(Machine, Command().PlanOf(Name));
        kernel.Boot();
        Machine.Waited = () => kernel.Poll();
        return kernel;
    }

    /// <summary>The kernel of <c>db</c> writes a word of its header page.</summary>
    public void KernelWrites(ByteSize offset, uint value) => Machine.Memory.WriteUInt32(HeaderPage + offset, value);

    public uint KernelReads(ByteSize offset) => Machine.Memory.ReadUInt32(HeaderPage + offset);

    /// <summary>From now on the heartbeat counts each second.</summary>
    public void KernelBeats() => Machine.Waited = () => KernelWrites(HeaderPageLayout.Heartbeat, (uint)(Machine.FakeClock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds + 1);

    public void CorruptJournal(int line)
    {
        string[] lines = File.ReadAllLines(State.Journal);
        lines[line - 1] = lines[line - 1][..^1] + "!";
        File.WriteAllText(State.Journal, string.Join('\n', lines) + "\n");
    }

    public IReadOnlyList<JournalEntry> ReadJournal()
    {
        using FileJournal? journal = FileJournal.OpenToRead(State.Journal);
        return journal?.ReadAll() ?? [];
    }

    /// <summary>The steps that the journal says were taken and undone, from an entry on, as a preview would tell them.</summary>
    public IReadOnlyList<PreviewActionDocument> StepsSince(int entry)
    {
        List<Step> held = [];
        List<PreviewActionDocument> actions = [];
        foreach ((JournalEntry one, int index) in ReadJournal().Select((one, index) => (one, index)))
        {
            switch (one)
            {
                case StepBegun begun:
                    HeldSteps.Add(held, begun.Step);
                    actions.Add(new("take", begun.Step.Description));
                    break;
                case CpusChanged changed:
                    HeldSteps.SetCpus(held, changed.Cpus);
                    break;
                case StepUndone undone:
                    actions.Add(new("undo", held[undone.Index].UndoDescription));
                    held.RemoveAt(undone.Index);
                    break;
            }

            if (index < entry)
            {
                actions.Clear();
            }
        }

        return actions;
    }

    /// <summary>All that a command could have changed: the machine, its memory's use, the state folder's journal.</summary>
    public string Everything() => Machine.Snapshot() + "\n" + (File.Exists(State.Journal) ? File.ReadAllText(State.Journal) : "no journal");

    public void Dispose()
    {
        End();
        _folder.Dispose();
    }

    // The topology's CPUs are online as the machine's are.
    private MachineTopology ReadTopology() =>
        Topology with { Cpus = [.. Topology.Cpus.Select(cpu => cpu.Number < 8 ? cpu with { Online = Machine.IsCpuOnline(cpu.Number) } : cpu)] };

    private PhysicalAddress HeaderPage => ReadJournal().OfType<PartitionDefined>().Last(defined => defined.Partition == Name.ToString()).Plan.PrimaryRange.Start;
}
