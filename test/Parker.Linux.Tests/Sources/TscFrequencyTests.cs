using System.Runtime.InteropServices;
using Parker.Linux.Sources;
using Parker.Machine.Topology;

namespace Parker.Linux.Tests.Sources;

public sealed class TscFrequencyTests
{
    [Fact]
    public void Measured_frequency_is_one_that_a_CPU_can_have_and_near_the_kernels_own()
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "RDTSC is an x86 instruction");
        Assert.True(TscFrequency.TryMeasure(out TscReading measured));
        Assert.InRange(measured.Hertz, 1e8, 1e10);
        Assert.Equal(TscSource.Measured, measured.Source);

        if (TscFrequency.TryReadPerf(out TscReading perf))
        {
            Assert.InRange(measured.Hertz / perf.Hertz, 0.99, 1.01);
        }
    }

    [Fact]
    public void TimeStampCounter_moves_forward()
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "RDTSC is an x86 instruction");
        using TimeStampCounter counter = new();
        ulong first = counter.Read();

        Assert.True(counter.Read() > first);
    }
}
