using Parker.Daemon.Inspection;

namespace Parker.Daemon.Hosting;

/// <summary>Looks once a second at what the kernels that run have written in their logs, so that it is told at once when somebody asks, and also where it was overwritten since.</summary>
/// <remarks>Not the thread that watches states: where no kernel is found yet, a look searches a whole partition's memory. One that boots is left alone.</remarks>
/// <param name="service">Looks.</param>
public sealed class KernelWatcher(InspectionService service) : IDisposable
{
    private readonly PacedThread _thread = new("kernels", TimeSpan.FromSeconds(1), service.LookWhereItPays);

    /// <summary>Ends after the look that goes on.</summary>
    public void Dispose() => _thread.Dispose();
}
