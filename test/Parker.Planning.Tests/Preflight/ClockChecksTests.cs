using Parker.Machine.Topology;
using Parker.Planning.Preflight;

namespace Parker.Planning.Tests.Preflight;

public sealed class ClockChecksTests
{
    [Fact]
    public void Tsc_must_be_reliable()
    {
        MachineTopology machine = TestMachine.Server();
        MachineTopology other = machine with { Tsc = machine.Tsc with { IsBootClock = new(false, "clocksource0: hpet") } };

        Checked.Is(CheckCatalog.TscReliable, CheckStatus.Ok, machine);
        Checked.Is(CheckCatalog.TscReliable, CheckStatus.Warn, other, "hpet", "clocksource=tsc");
        Checked.Is(CheckCatalog.TscReliable, CheckStatus.Missing, other.WithFlags("lm", "constant_tsc"), "no nonstop_tsc");
        Checked.Is(CheckCatalog.TscReliable, CheckStatus.Unknown, other.WithFlags());
        Checked.Is(CheckCatalog.TscReliable, CheckStatus.Unknown, machine with { Tsc = machine.Tsc with { IsBootClock = new(null, "clocksource0: missing") } }, "missing");
    }

    [Theory]
    [InlineData(TscSource.PerfEvent, CheckStatus.Ok, "2300000 kHz from perf_event")]
    [InlineData(TscSource.KernelLog, CheckStatus.Ok, "2300000 kHz from the kernel log")]
    [InlineData(TscSource.Measured, CheckStatus.Warn, "2300000 kHz from a measurement")]
    public void Tsc_frequency_is_told_with_its_source(TscSource source, CheckStatus status, string evidence) =>
        Checked.Is(CheckCatalog.TscFrequency, status, TestMachine.Server() with { Tsc = new TscFacts(2_300_000_000, source, "values", new(true, "")) }, evidence);

    [Fact]
    public void Tsc_frequency_that_nothing_tells_is_unknown() =>
        Checked.Is(CheckCatalog.TscFrequency, CheckStatus.Unknown, TestMachine.Server() with { Tsc = new TscFacts(null, TscSource.Unknown, "nothing", new(true, "")) }, "nothing", "Run as root");

    [Fact]
    public void Tsc_calibration_matters_in_emulation_alone()
    {
        MachineTopology emulated = TestMachine.Server().WithFlags("lm", "hypervisor");

        Checked.Is(CheckCatalog.TscCalibration, CheckStatus.Ok, TestMachine.Server(), "metal");
        Checked.Is(CheckCatalog.TscCalibration, CheckStatus.Warn, emulated, fix: "tsc_early_khz=");
        Checked.Is(CheckCatalog.TscCalibration, CheckStatus.Ok, emulated.WithCommandLine("tsc_early_khz=2300000 tsc=reliable"), "tsc_early_khz=2300000");
        Checked.Is(CheckCatalog.TscCalibration, CheckStatus.Unknown, TestMachine.Server().WithFlags());
    }
}
