using Microsoft.Extensions.Logging;
using Parker.Daemon.Partitions;
using Parker.Partition;

namespace Parker.Daemon.Hosting;

/// <summary>Starts partitions without anybody asking, and dumps those whose kernels ended where that is wanted: on a thread each, for both take long, and the others are to be looked at meanwhile.</summary>
/// <remarks>The threads sleep until they are woken: while all is quiet they cost nothing.</remarks>
public sealed partial class Supervisor : IDisposable
{
    private readonly PartitionService _service;
    private readonly ILogger _logger;
    private readonly AutoResetEvent _starts = new(initialState: true);
    private readonly AutoResetEvent _dumps = new(initialState: false);
    private readonly CancellationTokenSource _ends = new();
    private readonly Thread[] _threads;

    /// <summary>Starts what is to run when the daemon begins.</summary>
    /// <param name="service">The partitions.</param>
    /// <param name="logger">Takes what was done.</param>
    public Supervisor(PartitionService service, ILogger logger)
    {
        _service = service;
        _logger = logger;
        Func<IReadOnlyList<string>> start = service.Autostart;
        _threads =
        [
            new(() => Run(_starts, () =>
            {
                Func<IReadOnlyList<string>> act = start;
                start = service.Supervise;
                return act();
            })) { IsBackground = true, Name = "supervisor" },
            new(() => Run(_dumps, () => service.DumpKernels(_ends.Token))) { IsBackground = true, Name = "dumps" },
        ];
        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>Something may be due.</summary>
    public void Wake()
    {
        if (_service.NeedsSupervision)
        {
            _starts.Set();
        }

        if (_service.NeedsDump)
        {
            _dumps.Set();
        }
    }

    /// <summary>Ends after the start that goes on; a dump is broken off.</summary>
    public void Dispose()
    {
        _ends.Cancel();
        _starts.Set();
        _dumps.Set();
        Array.ForEach(_threads, thread => thread.Join());
        _starts.Dispose();
        _dumps.Dispose();
        _ends.Dispose();
    }

    private void Run(AutoResetEvent wakes, Func<IReadOnlyList<string>> act)
    {
        while (wakes.WaitOne() && !_ends.IsCancellationRequested)
        {
            Tell(act);
        }
    }

    private void Tell(Func<IReadOnlyList<string>> act)
    {
        try
        {
            foreach (string sentence in act())
            {
                LogDone(_logger, sentence);
            }
        }
        catch (Exception failure) when (failure is MachineException or IOException or RefusedException)
        {
            LogCannot(_logger, failure.Message);
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "{Sentence}")]
    private static partial void LogDone(ILogger logger, string sentence);

    [LoggerMessage(21, LogLevel.Error, "cannot look after the partitions: {Reason}")]
    private static partial void LogCannot(ILogger logger, string reason);
}
