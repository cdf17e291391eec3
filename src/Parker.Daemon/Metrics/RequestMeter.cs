using System.Collections.Concurrent;

namespace Parker.Daemon.Metrics;

/// <summary>Counts requests. For use by several threads at once.</summary>
internal sealed class RequestMeter
{
    private readonly ConcurrentDictionary<(string Operation, int Status), (long Count, TimeSpan Time)> _requests = new();

    /// <summary>The requests so far, by operation and status.</summary>
    public IEnumerable<KeyValuePair<(string Operation, int Status), (long Count, TimeSpan Time)>> Requests =>
        _requests.OrderBy(entry => entry.Key.Operation, StringComparer.Ordinal).ThenBy(entry => entry.Key.Status);

    /// <summary>Counts one.</summary>
    /// <param name="operation">The operation's id.</param>
    /// <param name="status">The status that it was answered with.</param>
    /// <param name="time">From its arrival to the end of its answer.</param>
    public void Count(string operation, int status, TimeSpan time) =>
        _requests.AddOrUpdate((operation, status), (1, time), (_, before) => (before.Count + 1, before.Time + time));
}
