using Parker.Api;
using Parker.Api.Events;
using Parker.Machine;
using Parker.Partition;
using Parker.Runtime.Journal;
using Parker.Runtime.Steps;

namespace Parker.Daemon.Events;

/// <summary>Makes events of the entries of a journal, in their order.</summary>
internal sealed class EventWriter
{
    private readonly Dictionary<string, List<Step>> _steps = new(StringComparer.Ordinal);
    private long _lastId;

    /// <summary>The event of the next entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="uid">Who asked for it.</param>
    public EventDocument Next(JournalEntry entry, uint? uid)
    {
        ArgumentNullException.ThrowIfNull(entry);

        // From the entry's time, so that it is the same when the journal is read again.
        _lastId = Math.Max(_lastId + 1, entry.Time.UtcTicks);
        (string kind, string text) = Tell(entry);
        return new EventDocument(_lastId, entry.Time, entry.Partition, kind, text, entry is StateChanged changed ? ApiJson.NameOf(changed.State) : null, uid);
    }

    private (string Kind, string Text) Tell(JournalEntry entry)
    {
        switch (entry)
        {
            case PartitionDefined defined:
                _steps[entry.Partition] = [];
                return ("defined", Describe(defined.Plan));
            case PartitionKept kept:
                _steps[entry.Partition] = [.. kept.Steps];
                return ("kept", $"the journal was made smaller; {ApiJson.NameOf(kept.State)} since {kept.StateSince.ToUniversalTime():u}");
            case PartitionRemoved:
                _steps.Remove(entry.Partition);
                return ("removed", "it is forgotten; nothing is held for it");
            case OperationBegun begun:
                return ("operation_begun", begun.Restart > 0 ? $"{ApiJson.NameOf(begun.Operation)} begins without being asked, {begun.Restart} in a row" : $"{ApiJson.NameOf(begun.Operation)} begins");
            case OperationEnded ended:
                return ("operation_ended", ended.Error.Length == 0 ? $"{ApiJson.NameOf(ended.Operation)} is done" : $"{ApiJson.NameOf(ended.Operation)} ended: {ended.Error}");
            case ImageOpened opened:
                return ("image", $"kernel {opened.Image.Release}");
            case StepBegun begun:
                HeldSteps.Add(Steps(entry), begun.Step);
                return ("step", begun.Step.Description);
            case StepUndone undone:
                Step step = Steps(entry)[undone.Index];
                Steps(entry).RemoveAt(undone.Index);
                return ("undo", step.UndoDescription);
            case CpusChanged changed:
                HeldSteps.SetCpus(Steps(entry), changed.Cpus);
                return ("cpus", $"it has CPUs {CpuSet.Of(changed.Cpus.Select(cpu => cpu.Number))} from here on");
            case MemoryChanged changed:
                return ("memory", changed.AddedMemory.Count == 0 ? "it has no memory from here on but what it started with" : $"it has memory {PhysicalRangeSet.Of(changed.AddedMemory.Select(piece => piece.Range))} from here on beyond what it started with");
            case StateChanged changed:
                return ("state", $"{ApiJson.NameOf(changed.State)}: {changed.Evidence}");
            default:
                return TellSupervision(entry);
        }
    }

    private static (string Kind, string Text) TellSupervision(JournalEntry entry) => entry switch
    {
        PolicyChanged changed => ("policy", $"restart {RestartPolicyText.Of(changed.Policy.Restart)}{(changed.Policy.Autostart ? ", autostart" : "")}{(changed.Policy.Dump ? ", dump" : "")}"),
        DumpEnded dump => ("dump", dump.Text),
        ShutdownAskedFor => ("shutdown_asked", "its kernel is asked to shut down"),
        RestartRefused refused => ("restart_refused", $"restart {refused.Restart} was refused: {refused.Reason}"),
        RestartsGivenUp givenUp => ("restarts_given_up", givenUp.Reason),
        MachineDiffers { What.Length: 0 } => ("machine_differs", "what is held of the machine is as it was taken again"),
        MachineDiffers differs => ("machine_differs", differs.What),
        NmiAskedFor nmi => ("nmi", $"an NMI is sent to CPU {nmi.Cpu}"),
        _ => (entry.GetType().Name, ""),
    };

    private List<Step> Steps(JournalEntry entry)
    {
        if (!_steps.TryGetValue(entry.Partition, out List<Step>? steps))
        {
            _steps[entry.Partition] = steps = [];
        }

        return steps;
    }

    private static string Describe(PartitionPlan plan)
    {
        string cpus = CpuSet.Of(plan.Cpus.Select(cpu => cpu.Number)).ToString();
        string devices = plan.Buses.Count == 0 ? "no devices" : string.Join(", ", plan.Buses.SelectMany(bus => bus.Functions));
        return $"CPUs {cpus}, memory {string.Join(", ", plan.AllMemory.Select(memory => memory.Range))}, {devices}, kernel {plan.KernelPath}";
    }
}
