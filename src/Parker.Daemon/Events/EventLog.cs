using System.Runtime.CompilerServices;
using Parker.Api.Events;
using Parker.Runtime.Journal;

namespace Parker.Daemon.Events;

/// <summary>The latest events: those of the journal, and each that comes. For use by several threads at once.</summary>
public sealed class EventLog
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 10_000;

    private readonly Lock _sync = new();
    private readonly EventWriter _writer = new();
    private readonly Queue<EventDocument> _events = new();
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private TaskCompletionSource _more = NewSignal();

    /// <summary>Called with each event that comes, in order and with locks held: it must return soon and call nothing of the partitions.</summary>
    public Action<EventDocument, Requester?>? Added { get; set; }

    /// <summary>What is kept now; from then on a follower is called with each that comes, as <see cref="Added"/> is.</summary>
    public IReadOnlyList<EventDocument> Follow(Action<EventDocument, Requester?> follower)
    {
        lock (_sync)
        {
            Added += follower;
            return [.. _events];
        }
    }

    /// <summary>Calls a follower no more; one that is being called has ended.</summary>
    public void Leave(Action<EventDocument, Requester?> follower)
    {
        lock (_sync)
        {
            Added -= follower;
        }
    }

    /// <summary>How many came in this process, by kind.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Counts()
    {
        lock (_sync)
        {
            return [.. _counts];
        }
    }

    /// <summary>Takes what happened before this process.</summary>
    internal void Restore(JournalEntry entry)
    {
        lock (_sync)
        {
            Keep(_writer.Next(entry, uid: null));
        }
    }

    /// <summary>Takes what happens now.</summary>
    internal void Add(JournalEntry entry)
    {
        Requester? requester = Requester.Current;
        lock (_sync)
        {
            EventDocument happened = _writer.Next(entry, requester?.Uid);
            Keep(happened);
            _counts[happened.Kind] = _counts.GetValueOrDefault(happened.Kind) + 1;
            Added?.Invoke(happened, requester);
            _more.TrySetResult();
            _more = NewSignal();
        }
    }

    /// <summary>Events in their order.</summary>
    /// <param name="after">Only those after this one; 0 for all that are kept.</param>
    /// <param name="follow">Whether to go on with those that come.</param>
    /// <param name="pause">How long nothing comes until a null is given, so that the reader can see whether somebody is still there.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<EventDocument?> ReadAsync(long after, bool follow, TimeSpan pause, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            EventDocument[] next;
            Task more;
            lock (_sync)
            {
                next = [.. _events.Where(one => one.Id > after)];
                more = _more.Task;
            }

            foreach (EventDocument one in next)
            {
                yield return one;
                after = one.Id;
            }

            if (!follow)
            {
                yield break;
            }

            if (next.Length == 0 && !await ComesWithin(more, pause, cancellation).ConfigureAwait(false))
            {
                yield return null;
            }
        }
    }

    private static async Task<bool> ComesWithin(Task more, TimeSpan pause, CancellationToken cancellation)
    {
        try
        {
            await more.WaitAsync(pause, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Keep(EventDocument one)
    {
        _events.Enqueue(one);
        if (_events.Count > Capacity)
        {
            _events.Dequeue();
        }
    }
}
