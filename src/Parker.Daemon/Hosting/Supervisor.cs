using Microsoft.Extensions.Logging;
using Parker.Daemon.Partitions;
using Parker.Partition;

namespace Parker.Daemon.Hosting;

/// <summary>Starts partitions without anybody asking, on a thread of its own: a start takes long, and the others are to be looked at meanwhile.</summary>
/// <remarks>The thread sleeps until it is woken: while all is quiet it costs nothing.</remarks>
public sealed partial class Supervisor : IDisposable
{
    private readonly PartitionService _service;
    private readonly ILogger _logger;
    private readonly AutoResetEvent _wakes = new(initialState: false);
    private readonly Thread _thread;
    private volatile bool _ends;

    /// <summary>Starts what is to run when the daemon begins.</summary>
    /// <param name="service">The partitions.</param>
    /// <param name="logger">Takes what was done.</param>
    public Supervisor(PartitionService service, ILogger logger)
    {
        _service = service;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "supervisor" };
        _thread.Start();
    }

    /// <summary>Something is due.</summary>
    public void Wake() => _wakes.Set();

    /// <summary>Ends after what it does now.</summary>
    public void Dispose()
    {
        _ends = true;
        _wakes.Set();
        _thread.Join();
        _wakes.Dispose();
    }

    private void Run()
    {
        Tell(_service.Autostart);
        while (_wakes.WaitOne() && !_ends)
        {
            Tell(_service.Supervise);
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
