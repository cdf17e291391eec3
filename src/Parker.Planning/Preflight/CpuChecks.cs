using System.Globalization;
using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Planning.Grants;

namespace Parker.Planning.Preflight;

/// <summary>CPUs and their interrupts.</summary>
internal static class CpuChecks
{
    public static CheckLine BroadcastIpis(MachineTopology machine)
    {
        if (machine.WhyUnread("/proc/cmdline") is string why)
        {
            return new(CheckCatalog.BroadcastIpis, CheckStatus.Unknown, why, "Run as root.");
        }

        string? value = machine.Kernel.CommandLine.Last("no_ipi_broadcast");
        bool off = int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number != 0;
        return off
            ? new(CheckCatalog.BroadcastIpis, CheckStatus.Ok, $"/proc/cmdline: no_ipi_broadcast={value}", "")
            : new(
                CheckCatalog.BroadcastIpis,
                CheckStatus.Missing,
                $"/proc/cmdline: {(value is null ? "no no_ipi_broadcast=1" : $"no_ipi_broadcast={value}")}; the Boot Kernel's broadcast interrupts would hit the CPUs of partitions",
                "Boot with no_ipi_broadcast=1.");
    }

    public static CheckLine ApicMode(InterruptFacts interrupts) => interrupts.Mode.Value switch
    {
        LocalApicMode.X2apic => new(CheckCatalog.ApicMode, CheckStatus.Ok, $"x2APIC ({interrupts.Mode.Evidence})", ""),
        LocalApicMode.Xapic => new(
            CheckCatalog.ApicMode,
            CheckStatus.Warn,
            $"xAPIC ({interrupts.Mode.Evidence}): an INIT takes two writes, and an interrupt between them can send it to another CPU",
            "Switch x2APIC on in the firmware's setup, and leave nox2apic off the command line."),
        _ => new(CheckCatalog.ApicMode, CheckStatus.Unknown, interrupts.Mode.Evidence, "Run as root, with the msr module loaded (modprobe msr)."),
    };

    public static CheckLine ApicLock(InterruptFacts interrupts, BusGrants grants)
    {
        if (interrupts.X2apicLocked.Value is not bool locked)
        {
            return new(CheckCatalog.ApicLock, CheckStatus.Unknown, interrupts.X2apicLocked.Evidence, "Run as root, with the msr module loaded (modprobe msr).");
        }

        const string Fix = "Switch the x2APIC opt-out or lock off in the firmware's setup, or give each partition an IOMMU unit of its own.";
        return !locked
            ? new(CheckCatalog.ApicLock, CheckStatus.Ok, interrupts.X2apicLocked.Evidence, "")
            : grants.Units.Any(unit => unit.CanBeOwned)
                ? new(CheckCatalog.ApicLock, CheckStatus.Warn, $"x2APIC mode is locked ({interrupts.X2apicLocked.Evidence}): only partitions that own an IOMMU unit can be started", Fix)
                : new(CheckCatalog.ApicLock, CheckStatus.Missing, $"x2APIC mode is locked ({interrupts.X2apicLocked.Evidence}), and there is no IOMMU unit that a partition could own", Fix);
    }

    public static CheckLine ApicIds(MachineTopology machine, BusGrants grants)
    {
        LogicalCpu[] unknown = [.. machine.Cpus.Where(cpu => !cpu.ApicId.IsKnown)];
        if (machine.Cpus.Count == 0 || unknown.Length == machine.Cpus.Count)
        {
            return new(CheckCatalog.ApicIds, CheckStatus.Unknown, machine.Cpus.Count == 0 ? "no CPU is known" : unknown[0].ApicId.Evidence, "Run as root.");
        }

        LogicalCpu[] high = [.. machine.Cpus.Where(cpu => cpu.ApicId.Value is ApicId id && !id.FitsXapic)];
        if (high.Length == 0 && unknown.Length == 0)
        {
            return new(CheckCatalog.ApicIds, CheckStatus.Ok, $"all up to {machine.Cpus.Max(cpu => cpu.ApicId.Value)}: every CPU is reached without interrupt remapping", "");
        }

        List<string> evidence = [];
        if (high.Length > 0)
        {
            string owner = grants.Units.Any(unit => unit.CanBeOwned) ? "only to a partition that owns an IOMMU unit" : "to no partition, because there is no IOMMU unit to own";
            evidence.Add($"CPUs {Numbers(high)} have APIC IDs of 255 or more and can be given {owner}");
        }

        if (unknown.Length > 0)
        {
            evidence.Add($"CPUs {Numbers(unknown)} cannot be given away: their APIC IDs are not known ({unknown[0].ApicId.Evidence})");
        }

        return new(CheckCatalog.ApicIds, CheckStatus.Warn, string.Join("; ", evidence), unknown.Length > 0 ? "Bring these CPUs online once, or run as root." : "Give other CPUs away.");
    }

    public static CheckLine Hotplug(MachineTopology machine)
    {
        LogicalCpu[] able = [.. machine.Cpus.Where(cpu => cpu.CanGoOffline.Value == true)];
        return able.Length > 0
            ? new(CheckCatalog.CpuHotplug, CheckStatus.Ok, $"CPUs {Numbers(able)}", "")
            : machine.Cpus.Count == 0
                ? new(CheckCatalog.CpuHotplug, CheckStatus.Unknown, machine.WhyUnread("/sys/devices/system/cpu/present") ?? "no CPU is known", "Run as root.")
                : new(
                    CheckCatalog.CpuHotplug,
                    CheckStatus.Missing,
                    machine.Cpus.Count == 1 ? "there is only one CPU, which the Boot Kernel runs on" : $"no CPU can go offline (CPU {machine.Cpus[^1].Number}: {machine.Cpus[^1].CanGoOffline.Evidence})",
                    machine.Cpus.Count == 1 ? "Use a machine with more CPUs." : "Boot with a kernel that has CONFIG_HOTPLUG_CPU=y.");
    }

    public static CheckLine Smt(MachineTopology machine)
    {
        Finding<string> control = machine.Kernel.SmtControl;
        int threads = machine.Cpus.Select(cpu => cpu.Siblings.Count).DefaultIfEmpty(0).Max();
        return control.Value switch
        {
            "on" or "notsupported" or "notimplemented" => new(
                CheckCatalog.Smt,
                CheckStatus.Ok,
                string.Create(CultureInfo.InvariantCulture, $"{control.Evidence}; {threads} {(threads == 1 ? "thread" : "threads")} to a core"),
                ""),
            "off" or "forceoff" => new(
                CheckCatalog.Smt,
                CheckStatus.Warn,
                $"{control.Evidence}: the second threads of all cores stay offline and cannot be brought back into the Boot Kernel",
                control.Value == "off" ? "echo on > /sys/devices/system/cpu/smt/control" : "Boot without nosmt=force and without mitigations=auto,nosmt."),
            _ => new(CheckCatalog.Smt, CheckStatus.Unknown, control.Evidence, ""),
        };
    }

    public static CheckLine Virtualization(ProcessorFacts processor)
    {
        const string Blacklist = "an Application Kernel is kept from it by default (module_blacklist=kvm_intel,kvm_amd); KVM in the Boot Kernel does no harm";
        return processor.Flags.Count == 0
            ? new(CheckCatalog.Virtualization, CheckStatus.Unknown, "/proc/cpuinfo has no flags of the processor", "")
            : processor.Flags.Contains("vmx")
                ? new(CheckCatalog.Virtualization, CheckStatus.Ok, $"VMX: a CPU in VMX root operation ignores INIT, so {Blacklist}", "")
                : processor.Flags.Contains("svm")
                    ? new(CheckCatalog.Virtualization, CheckStatus.Ok, $"SVM: {Blacklist}", "")
                    : new(CheckCatalog.Virtualization, CheckStatus.Ok, "neither VMX nor SVM", "");
    }

    public static CheckLine GibibytePages(ProcessorFacts processor) => processor.Flags.Count == 0
        ? new(CheckCatalog.GibibytePages, CheckStatus.Unknown, "/proc/cpuinfo has no flags of the processor", "")
        : processor.Flags.Contains("pdpe1gb")
            ? new(CheckCatalog.GibibytePages, CheckStatus.Ok, "/proc/cpuinfo: pdpe1gb", "")
            : new(CheckCatalog.GibibytePages, CheckStatus.Ok, "/proc/cpuinfo: no flag pdpe1gb; 2 MiB pages are used instead", "");

    private static CpuSet Numbers(IEnumerable<LogicalCpu> cpus) => CpuSet.Of(cpus.Select(cpu => cpu.Number));
}
