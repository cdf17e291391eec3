using System.Globalization;
using Parker.Machine;
using Parker.Partition;
using Parker.Runtime.Journal;
using Parker.Runtime.Steps;

namespace Parker.Runtime;

/// <summary>What the journal says of one partition.</summary>
public sealed class PartitionRecord
{
    private readonly List<Step> _steps = [];
    private Evidence _evidence;
    private string _restartNote = "";

    internal PartitionRecord(PartitionDefined definition)
    {
        Plan = definition.Plan;
        Policy = definition.Policy ?? PartitionPolicy.None;
        _evidence = new Evidence("defined", definition.Time);
        StateSince = definition.Time;
    }

    internal PartitionRecord(PartitionKept kept)
    {
        Plan = kept.Plan;
        Policy = kept.Policy;
        State = kept.State;
        StateSince = kept.StateSince;
        _evidence = kept.Evidence;
        _steps.AddRange(kept.Steps);
        BootId = kept.BootId;
        StartedAt = kept.StartedAt;
        Image = kept.Image;
        JournalPosition = kept.JournalPosition;
        RestartsInRow = kept.RestartsInRow;
        Restarts = kept.Restarts;
        RestartRefusedAt = kept.RestartRefusedAt;
        _restartNote = kept.RestartNote;
        GivenUp = kept.GivenUp;
        ShutdownAsked = kept.ShutdownAsked;
        DumpedBoot = kept.DumpedBoot;
        MachineDifference = kept.MachineDifference;
    }

    /// <summary>What it gets.</summary>
    public PartitionPlan Plan { get; private set; }

    /// <summary>What is done for it without anybody asking.</summary>
    public PartitionPolicy Policy { get; private set; }

    /// <summary>Its name.</summary>
    public PartitionName Name => Plan.Name;

    /// <summary>Its state when it was last looked at.</summary>
    public PartitionState State { get; private set; } = PartitionState.Defined;

    /// <summary>Since when it is in that state.</summary>
    public DateTimeOffset StateSince { get; private set; }

    /// <summary>What the state stands on.</summary>
    public Evidence Evidence => _evidence with { Text = string.Join("; ", new[] { _evidence.Text, HoldsMachine ? MachineDifference : "", _restartNote }.Where(text => text.Length > 0)) };

    /// <summary>What of the machine was found to be another way than it is held for the partition; empty for nothing.</summary>
    public string MachineDifference { get; private set; } = "";

    /// <summary>How many of its last starts were restarts that nobody asked for, in a row.</summary>
    public int RestartsInRow { get; private set; }

    /// <summary>How many restarts nobody asked for since it was defined.</summary>
    public int Restarts { get; private set; }

    /// <summary>When a restart was refused last, before anything was tried; null where none was since the last start.</summary>
    public DateTimeOffset? RestartRefusedAt { get; private set; }

    /// <summary>Whether it is not started again without anybody asking, because its kernel ended too often.</summary>
    public bool GivenUp { get; private set; }

    /// <summary>Whether its kernel was asked to shut down: its end is what somebody wanted.</summary>
    public bool ShutdownAsked { get; private set; }

    /// <summary>The boot that was dumped last without anybody asking, or could not be; empty for none.</summary>
    public Guid DumpedBoot { get; private set; }

    /// <summary>Whether a dump is to be written before it is started again without anybody asking.</summary>
    public bool AwaitsDump => Policy.Dump && State is (PartitionState.Panicked or PartitionState.Hung) && DumpedBoot != BootId && Unfinished is null;

    /// <summary>The boot that began last; empty before the first.</summary>
    public Guid BootId { get; private set; }

    /// <summary>When that boot began; null before the first.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>The journal position that the header page of that boot has.</summary>
    public long JournalPosition { get; private set; }

    /// <summary>What that boot was started from; null before the first.</summary>
    public ImageIdentity? Image { get; private set; }

    /// <summary>The steps that are not undone, oldest first: what is held of the machine.</summary>
    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>The operation that was begun and not ended: its process died, or works on it now.</summary>
    public PartitionOperation? Unfinished { get; private set; }

    /// <summary>Of an unfinished resize: the CPUs that it shall have; null for others.</summary>
    internal IReadOnlyList<PartitionCpu>? WantedCpus { get; private set; }

    /// <summary>Of an unfinished resize: the memory that shall have come; null for others.</summary>
    internal IReadOnlyList<AddedMemory>? WantedMemory { get; private set; }

    /// <summary>The number of steps that were held when the unfinished operation began.</summary>
    internal int StepsBeforeOperation { get; private set; }

    /// <summary>Whether anything of the machine is held for it.</summary>
    public bool HoldsMachine => _steps.Count > 0;

    /// <summary>Whether its kernel may be running: a run step is not undone.</summary>
    public bool MayRun => _steps.Exists(step => step is RunStep);

    /// <summary>The memory that it holds or would hold, host-physical: its ranges, those that have come, and its low slot.</summary>
    public PhysicalRangeSet Memory =>
        PhysicalRangeSet.Of([.. Plan.AllMemory.Select(memory => memory.Range), new PhysicalRange(Plan.LowSlot, LowSlotLayout.Size)]);

    /// <summary>Everything, in one entry; no operation goes on.</summary>
    internal PartitionKept ToKept(DateTimeOffset time) => new(time, Name.ToString())
    {
        Plan = Plan,
        Policy = Policy,
        State = State,
        StateSince = StateSince,
        Evidence = _evidence,
        BootId = BootId,
        StartedAt = StartedAt,
        Image = Image,
        JournalPosition = JournalPosition,
        Steps = [.. _steps],
        RestartsInRow = RestartsInRow,
        Restarts = Restarts,
        RestartRefusedAt = RestartRefusedAt,
        RestartNote = _restartNote,
        GivenUp = GivenUp,
        ShutdownAsked = ShutdownAsked,
        DumpedBoot = DumpedBoot,
        MachineDifference = MachineDifference,
    };

    internal void Apply(JournalEntry entry)
    {
        switch (entry)
        {
            case OperationBegun begun:
                Unfinished = begun.Operation;
                StepsBeforeOperation = _steps.Count;
                WantedCpus = begun.Cpus;
                WantedMemory = begun.Memory;
                if (begun.Operation == PartitionOperation.Start)
                {
                    ApplyStart(begun);
                }

                break;
            case OperationEnded:
                Unfinished = null;
                break;
            case ImageOpened opened:
                Image = opened.Image;
                break;
            case StepBegun begun:
                HeldSteps.Add(_steps, begun.Step);
                break;
            case CpusChanged changed:
                Plan = Plan with { Cpus = changed.Cpus, SpareCpus = changed.SpareCpus };
                HeldSteps.SetCpus(_steps, changed.Cpus);
                break;
            case MemoryChanged changed:
                Plan = Plan with { AddedMemory = changed.AddedMemory };
                break;
            case StepUndone undone:
                _steps.RemoveAt(undone.Index);
                break;
            case StateChanged changed:
                StateSince = State == changed.State ? StateSince : changed.Time;
                State = changed.State;
                _evidence = new Evidence(changed.Evidence, changed.Time);
                break;
            case PolicyChanged changed:
                Policy = changed.Policy;
                GivenUp = false;
                _restartNote = "";
                break;
            case MachineDiffers differs:
                MachineDifference = differs.What;
                break;
            case DumpEnded ended:
                DumpedBoot = ended.BootId;
                break;
            case ShutdownAskedFor:
                ShutdownAsked = true;
                break;
            case RestartRefused refused:
                RestartsInRow = refused.Restart;
                RestartRefusedAt = refused.Time;
                _restartNote = string.Create(CultureInfo.InvariantCulture, $"restart {refused.Restart} was refused: {refused.Reason}");
                break;
            case RestartsGivenUp givenUp:
                GivenUp = true;
                _restartNote = givenUp.Reason;
                break;
        }
    }

    private void ApplyStart(OperationBegun begun)
    {
        BootId = begun.BootId;
        StartedAt = begun.Time;
        JournalPosition = begun.Position;
        RestartsInRow = begun.Restart;
        Restarts += begun.Restart > 0 ? 1 : 0;
        RestartRefusedAt = null;
        GivenUp = false;
        _restartNote = "";
        ShutdownAsked = false;
    }
}
