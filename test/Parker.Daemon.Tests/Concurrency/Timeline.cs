using Parker.Api.Events;

namespace Parker.Daemon.Tests.Concurrency;

/// <summary>When each partition was there, and when it might run, by the events in their order: the serial order that answers are held against.</summary>
internal sealed class Timeline
{
    private readonly Lock _sync = new();
    private readonly Dictionary<string, List<(long Time, bool Exists, bool Runs)>> _changes = [];
    private readonly Dictionary<(string Name, string What), List<long>> _done = [];

    /// <summary>Takes an event at the moment at which it is written.</summary>
    public void Add(EventDocument one, long now)
    {
        lock (_sync)
        {
            if (!_changes.TryGetValue(one.Partition, out List<(long Time, bool Exists, bool Runs)>? changes))
            {
                _changes[one.Partition] = changes = [];
            }

            bool exists = changes.LastOrDefault().Exists;
            switch (one.Kind)
            {
                case "defined" or "removed":
                    changes.Add((now, one.Kind == "defined", false));
                    Done(one.Partition, one.Kind, now);
                    break;
                case "step" when one.Text.StartsWith("start CPU", StringComparison.Ordinal):
                    changes.Add((now, exists, true));
                    break;
                case "undo" when one.Text.StartsWith("stop CPUs", StringComparison.Ordinal):
                    changes.Add((now, exists, false));
                    break;
                case "operation_ended" when one.Text == "start is done":
                    Done(one.Partition, "started", now);
                    break;
            }
        }
    }

    /// <summary>Whether the partition was there (or not) at some moment of a time.</summary>
    public bool EverExisted(string name, bool exists, long from, long to) => Ever(name, from, to, state => state.Exists == exists);

    /// <summary>Whether the partition might run at some moment of a time.</summary>
    public bool EverRan(string name, long from, long to) => Ever(name, from, to, state => state.Runs);

    /// <summary>How often something was done within a time.</summary>
    public int CountDone(string name, string what, long from, long to)
    {
        lock (_sync)
        {
            return _done.TryGetValue((name, what), out List<long>? times) ? times.Count(time => time >= from && time <= to) : 0;
        }
    }

    private void Done(string name, string what, long now)
    {
        if (!_done.TryGetValue((name, what), out List<long>? times))
        {
            _done[(name, what)] = times = [];
        }

        times.Add(now);
    }

    private bool Ever(string name, long from, long to, Func<(bool Exists, bool Runs), bool> condition)
    {
        lock (_sync)
        {
            List<(long Time, bool Exists, bool Runs)> changes = _changes.GetValueOrDefault(name) ?? [];
            (_, bool exists, bool runs) = changes.LastOrDefault(change => change.Time <= from);
            return condition((exists, runs)) || changes.Any(change => change.Time > from && change.Time <= to && condition((change.Exists, change.Runs)));
        }
    }
}
