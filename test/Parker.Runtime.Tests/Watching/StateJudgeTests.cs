using Parker.Inspect.Kernels;
using Parker.Inspect.Logs;
using Parker.Partition;
using Parker.Runtime.Watching;

namespace Parker.Runtime.Tests.Watching;

public sealed class StateJudgeTests
{
    private const string Panic = "Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)";

    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Theory]
    [InlineData(0u, 0u, 1, PartitionState.Panicked)]
    [InlineData(0u, 5u, 1, PartitionState.Running)]
    [InlineData(0u, 5u, 4, PartitionState.Panicked)]
    [InlineData(0u, 5u, 20, PartitionState.Panicked)]
    [InlineData(0x101u, 5u, 20, PartitionState.Panicked)]
    [InlineData(0x102u, 5u, 20, PartitionState.Off)]
    public void Panic_in_the_log_is_one_where_the_heartbeat_stands(uint reset, uint heartbeat, int seconds, PartitionState state)
    {
        (PartitionState judged, Evidence evidence) = Judge(reset, heartbeat, seconds, Observation(Panic));
        Assert.Equal(state, judged);
        Assert.Equal(state == PartitionState.Panicked, evidence.Text.Contains($"\"{Panic}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Hang_is_told_with_the_last_line_of_the_log()
    {
        Assert.Equal("heartbeat stands at 5 for 20 s; its log ends with \"usb 1-1: reset\"", Judge(0, 5, 20, Observation("usb 1-1: reset")).Evidence.Text);
        Assert.Equal("heartbeat stands at 5 for 20 s", Judge(0, 5, 20, null).Evidence.Text);
    }

    private static (PartitionState State, Evidence Evidence) Judge(uint reset, uint heartbeat, int seconds, KernelObservation? kernel)
    {
        DateTimeOffset now = Start + TimeSpan.FromSeconds(seconds);
        return StateJudge.Judge(new HeaderObservation(1, 1, reset, 0, heartbeat, 0), new HeartbeatSighting(Guid.Empty, heartbeat, Start, now, Moved: true), kernel, Start, now, new RuntimeOptions());
    }

    private static KernelObservation Observation(string line)
    {
        LogRecord record = new() { Sequence = 1, TimeNanoseconds = 1, Level = LogLevel.Emergency, Facility = 0, Caller = null, Text = line };
        return new KernelObservation
        {
            Release = "6.12",
            Jiffies = null,
            Last = record,
            LastRecords = [record],
            Troubles = KernelTroubleText.Of(record) is KernelTrouble kind ? new Dictionary<KernelTrouble, LogRecord> { [kind] = record } : [],
            OutOfMemoryKills = 0,
        };
    }
}
