using Parker.Daemon.Partitions;
using Parker.Partition;

namespace Parker.Daemon.Tests.Hosting;

public sealed class KernelWatcherTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Memory_of_a_kernel_that_boots_is_not_searched_before_it_can_have_told_anything()
    {
        _server.DefineAndStart();
        PartitionService service = _server.Command();
        int searches = 0;
        _server.Machine.Memory.BulkRead = () => searches++;
        service.Inspection.LookWhereItPays();
        Assert.Equal(0, searches);

        // Its first heartbeat comes before its init.
        _server.KernelWrites(HeaderPageLayout.Heartbeat, 1);
        service.Observe();
        Assert.Equal("running", service.List().Partitions[0].State);
        searches = 0;
        service.Inspection.LookWhereItPays();
        Assert.Equal(0, searches);

        // It takes long: it may have panicked.
        _server.Machine.FakeClock.Advance(TimeSpan.FromSeconds(10));
        service.Inspection.LookWhereItPays();
        Assert.NotEqual(0, searches);
    }
}
