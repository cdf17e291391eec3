namespace Parker.Daemon.Inspection;

/// <summary>Looks once a second at what the kernels that run have written in their logs, so that it is told at once when somebody asks, and also where it was overwritten since.</summary>
/// <remarks>Not the thread that watches states: where no kernel is found yet, a look searches a whole partition's memory.</remarks>
public sealed class KernelWatcher : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ManualResetEvent _ends = new(initialState: false);
    private readonly Thread _thread;

    /// <summary>Begins to look.</summary>
    public KernelWatcher(InspectionService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        _thread = new Thread(() =>
        {
            while (!_ends.WaitOne(Interval))
            {
                service.Look();
            }
        })
        { IsBackground = true, Name = "kernels" };
        _thread.Start();
    }

    /// <summary>Ends after the look that goes on.</summary>
    public void Dispose()
    {
        _ends.Set();
        _thread.Join();
        _ends.Dispose();
    }
}
