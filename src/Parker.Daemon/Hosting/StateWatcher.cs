using Microsoft.Extensions.Logging;
using Parker.Daemon.Partitions;
using Parker.Partition;

namespace Parker.Daemon.Hosting;

/// <summary>Looks at the partitions that run, five times a second, so that a kernel's end or hang is in the journal without anybody asking.</summary>
/// <remarks>A look reads a few words of memory that is mapped already.</remarks>
public sealed partial class StateWatcher : IDisposable
{
    // A kernel's end is seen within 250 ms.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    // What others did to the machine need not be seen at once, and costs more to see.
    private const int LooksPerMaintenance = 50;

    private readonly PartitionService _service;
    private readonly Action _looked;
    private readonly ILogger _logger;
    private readonly ServiceManager? _manager;
    private readonly PacedThread _thread;
    private int _looks;
    private string _lastFailure = "";

    /// <summary>Begins to look.</summary>
    /// <param name="service">The partitions.</param>
    /// <param name="looked">Is called after each look; must return at once.</param>
    /// <param name="logger">Takes what keeps it from looking.</param>
    /// <param name="manager">Told after each look that the daemon is alive.</param>
    public StateWatcher(PartitionService service, Action looked, ILogger logger, ServiceManager? manager = null)
    {
        _manager = manager;
        _service = service;
        _looked = looked;
        _logger = logger;
        _thread = new PacedThread("watcher", Interval, Look);
    }

    /// <summary>Ends after the look that goes on.</summary>
    public void Dispose() => _thread.Dispose();

    private void Look()
    {
        int look = _looks++;
        try
        {
            _service.Observe();
            if (look % LooksPerMaintenance == 0)
            {
                Maintain();
            }

            _looked();
            _lastFailure = "";
        }
        catch (Exception failure) when (failure is MachineException or IOException)
        {
            // Once, not five times a second; it looks again.
            if (_lastFailure != failure.Message)
            {
                _lastFailure = failure.Message;
                LogCannotLook(_logger, failure.Message);
            }
        }

        // Also where it cannot look: a new process would see no more.
        _manager?.IsAlive();
    }

    private void Maintain()
    {
        foreach (string sentence in _service.Maintain())
        {
            LogDiffers(_logger, sentence);
        }
    }

    [LoggerMessage(11, LogLevel.Warning, "{Sentence}")]
    private static partial void LogDiffers(ILogger logger, string sentence);

    [LoggerMessage(10, LogLevel.Error, "cannot look at the partitions: {Reason}")]
    private static partial void LogCannotLook(ILogger logger, string reason);
}
