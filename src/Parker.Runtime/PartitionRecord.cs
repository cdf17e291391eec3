using Parker.Machine;
using Parker.Partition;
using Parker.Runtime.Journal;
using Parker.Runtime.Steps;

namespace Parker.Runtime;

/// <summary>What the journal says of one partition.</summary>
public sealed class PartitionRecord
{
    private readonly List<Step> _steps = [];

    internal PartitionRecord(PartitionDefined definition)
    {
        Plan = definition.Plan;
        Evidence = new Evidence("defined", definition.Time);
    }

    /// <summary>What it gets.</summary>
    public PartitionPlan Plan { get; }

    /// <summary>Its name.</summary>
    public PartitionName Name => Plan.Name;

    /// <summary>Its state when it was last looked at.</summary>
    public PartitionState State { get; private set; } = PartitionState.Defined;

    /// <summary>What the state stands on.</summary>
    public Evidence Evidence { get; private set; }

    /// <summary>The boot that began last; empty before the first.</summary>
    public Guid BootId { get; private set; }

    /// <summary>When that boot began; null before the first.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>What that boot was started from; null before the first.</summary>
    public ImageIdentity? Image { get; private set; }

    /// <summary>The steps that are not undone, oldest first: what is held of the machine.</summary>
    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>The operation that was begun and not ended: its process died, or works on it now.</summary>
    public PartitionOperation? Unfinished { get; private set; }

    /// <summary>The number of steps that were held when the unfinished operation began.</summary>
    internal int StepsBeforeOperation { get; private set; }

    /// <summary>Whether anything of the machine is held for it.</summary>
    public bool HoldsMachine => _steps.Count > 0;

    /// <summary>Whether its kernel may be running: a run step is not undone.</summary>
    public bool MayRun => _steps.Exists(step => step is RunStep);

    /// <summary>The memory that it holds or would hold, host-physical: its ranges and its low slot.</summary>
    public PhysicalRangeSet Memory =>
        PhysicalRangeSet.Of([.. Plan.Memory.Select(memory => memory.Range), new PhysicalRange(Plan.LowSlot, LowSlotLayout.Size)]);

    internal void Apply(JournalEntry entry)
    {
        switch (entry)
        {
            case OperationBegun begun:
                Unfinished = begun.Operation;
                StepsBeforeOperation = _steps.Count;
                if (begun.Operation == PartitionOperation.Start)
                {
                    BootId = begun.BootId;
                    StartedAt = begun.Time;
                }

                break;
            case OperationEnded:
                Unfinished = null;
                break;
            case ImageOpened opened:
                Image = opened.Image;
                break;
            case StepBegun begun:
                _steps.Add(begun.Step);
                break;
            case StepUndone undone:
                _steps.RemoveAt(undone.Index);
                break;
            case StateChanged changed:
                State = changed.State;
                Evidence = new Evidence(changed.Evidence, changed.Time);
                break;
        }
    }
}
