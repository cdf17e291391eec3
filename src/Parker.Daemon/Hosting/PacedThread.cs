namespace Parker.Daemon.Hosting;

/// <summary>A thread that does something again and again, with a pause before each time.</summary>
internal sealed class PacedThread : IDisposable
{
    // Not the slim one, which spins before it waits: that is a system call for each turn, all day long.
    private readonly ManualResetEvent _ends = new(initialState: false);
    private readonly Thread _thread;

    /// <summary>Begins with a pause.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="pause">The pause.</param>
    /// <param name="act">What it does; throws nothing.</param>
    public PacedThread(string name, TimeSpan pause, Action act)
    {
        _thread = new Thread(() =>
        {
            while (!_ends.WaitOne(pause))
            {
                act();
            }
        })
        { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Ends after what it does now.</summary>
    public void Dispose()
    {
        _ends.Set();
        _thread.Join();
        _ends.Dispose();
    }
}
