using System.Globalization;
using Parker.Machine.Topology;

namespace Parker.Planning.Preflight;

/// <summary>The time stamp counter, the only clock of a partition.</summary>
internal static class ClockChecks
{
    public static CheckLine Reliable(MachineTopology machine)
    {
        Finding<bool?> boot = machine.Tsc.IsBootClock;
        if (boot.Value == true)
        {
            return new(CheckCatalog.TscReliable, CheckStatus.Ok, $"the Boot Kernel keeps time by it ({boot.Evidence})", "");
        }

        const string Fix = "Let the Boot Kernel keep time by the TSC (clocksource=tsc tsc=reliable), and see in its log why it does not.";
        if (machine.Processor.Flags.Count == 0 || !boot.IsKnown)
        {
            return new(CheckCatalog.TscReliable, CheckStatus.Unknown, boot.IsKnown ? "/proc/cpuinfo has no flags of the processor" : boot.Evidence, Fix);
        }

        string[] absent = [.. ((string[])["constant_tsc", "nonstop_tsc"]).Where(flag => !machine.Processor.Flags.Contains(flag))];
        return absent.Length == 0
            ? new(CheckCatalog.TscReliable, CheckStatus.Warn, $"the processor has constant_tsc and nonstop_tsc, but the Boot Kernel does not keep time by the TSC ({boot.Evidence})", Fix)
            : new(CheckCatalog.TscReliable, CheckStatus.Missing, $"/proc/cpuinfo: no {string.Join(", no ", absent)}, and the Boot Kernel does not keep time by the TSC ({boot.Evidence}); a partition has no other clock", Fix);
    }

    public static CheckLine Frequency(TscFacts tsc)
    {
        if (tsc.Kilohertz is not long kilohertz)
        {
            return new(CheckCatalog.TscFrequency, CheckStatus.Unknown, tsc.Evidence, "Run as root; perf_event (CONFIG_PERF_EVENTS) or the kernel log since the machine started tells it.");
        }

        string value = string.Create(CultureInfo.InvariantCulture, $"{kilohertz} kHz from {SourceName(tsc.Source)} ({tsc.Evidence})");
        return tsc.Source is TscSource.PerfEvent or TscSource.KernelLog
            ? new(CheckCatalog.TscFrequency, CheckStatus.Ok, value, "")
            : new(CheckCatalog.TscFrequency, CheckStatus.Warn, $"{value}; a measurement is less exact, and the partition's clock drifts by as much", "Run as root, so that perf_event tells the kernel's own value.");
    }

    public static CheckLine Calibration(MachineTopology machine)
    {
        if (machine.Processor.Flags.Count == 0)
        {
            return new(CheckCatalog.TscCalibration, CheckStatus.Unknown, "/proc/cpuinfo has no flags of the processor", "");
        }

        if (!machine.Processor.Flags.Contains("hypervisor"))
        {
            return new(CheckCatalog.TscCalibration, CheckStatus.Ok, "not needed on metal", "");
        }

        string? given = machine.Kernel.CommandLine.Last("tsc_early_khz");
        return given is not null
            ? new(CheckCatalog.TscCalibration, CheckStatus.Ok, $"/proc/cmdline: tsc_early_khz={given}", "")
            : new(
                CheckCatalog.TscCalibration,
                CheckStatus.Warn,
                "/proc/cmdline: no tsc_early_khz=; on an emulated machine the Boot Kernel's own calibration can be wrong by factors, and timers then fire late",
                "On an emulated machine, boot with tsc_early_khz=<the host's TSC in kHz> tsc=reliable.");
    }

    private static string SourceName(TscSource source) => source switch
    {
        TscSource.PerfEvent => "perf_event",
        TscSource.KernelLog => "the kernel log",
        _ => "a measurement",
    };
}
