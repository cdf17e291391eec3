using Parker.Machine.Topology;
using Parker.Machine.Topology.Sources;

namespace Parker.Machine.Tests.Topology.Sources;

public sealed class RecordingMachineSourceTests
{
    [Fact]
    public void Capture_has_devices_that_were_seen()
    {
        RecordingMachineSource recorder = new(new InMemoryMachineSource().File("/dev/mem", "").File("/dev/cpu/0/msr", ""));
        Assert.True(recorder.Exists("/dev/mem"));
        Assert.True(recorder.Exists("/dev/cpu/0/msr"));
        Assert.False(recorder.Exists("/dev/cpu/0/cpuid"));

        TreeMachineSource capture = new();
        recorder.WriteTo(capture);
        Assert.True(capture.Exists("/dev/mem"));
        Assert.True(capture.Exists("/dev/cpu/0/msr"));
        Assert.False(capture.Exists("/dev/cpu/0/cpuid"));
    }

    [Fact]
    public void Capture_has_no_device_whose_registers_alone_were_asked_for()
    {
        RecordingMachineSource recorder = new(new InMemoryMachineSource().Msr(0, 0x1b, 0, SourceStatus.Denied));
        Assert.Equal(SourceStatus.Denied, recorder.TryReadMsr(0, 0x1b, out _));
        TreeMachineSource capture = new();
        recorder.WriteTo(capture);
        Assert.Equal(SourceStatus.Denied, capture.TryReadMsr(0, 0x1b, out _));
        Assert.Equal(SourceStatus.Missing, capture.TryList("/dev", out _));
    }
}
