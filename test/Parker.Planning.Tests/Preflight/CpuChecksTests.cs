using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Planning.Preflight;

namespace Parker.Planning.Tests.Preflight;

public sealed class CpuChecksTests
{
    [Theory]
    [InlineData("no_ipi_broadcast=1", CheckStatus.Ok)]
    [InlineData("no_ipi_broadcast=0", CheckStatus.Missing)]
    [InlineData("no_ipi_broadcast=1 no_ipi_broadcast=0", CheckStatus.Missing)]
    [InlineData("no_ipi_broadcast", CheckStatus.Missing)]
    [InlineData("quiet", CheckStatus.Missing)]
    public void Broadcast_interrupts_must_be_off(string commandLine, CheckStatus status) => Checked.Is(
        CheckCatalog.BroadcastIpis,
        status,
        TestMachine.Server().WithCommandLine(commandLine),
        fix: status == CheckStatus.Ok ? "" : "Boot with no_ipi_broadcast=1.");

    [Fact]
    public void Broadcast_interrupts_are_unknown_without_the_command_line() =>
        Checked.Is(CheckCatalog.BroadcastIpis, CheckStatus.Unknown, TestMachine.Server().WithFinding("TOPO001", "/proc/cmdline"));

    [Fact]
    public void Apic_mode_is_better_x2apic()
    {
        Checked.Is(CheckCatalog.ApicMode, CheckStatus.Ok, TestMachine.Server(), "x2APIC (");
        Checked.Is(CheckCatalog.ApicMode, CheckStatus.Warn, TestMachine.Server().InXapicMode(), "xAPIC (", "firmware");
        Checked.Is(CheckCatalog.ApicMode, CheckStatus.Unknown, TestMachine.Server().WithInterrupts(facts => facts with { Mode = new(null, "nothing tells it") }));
    }

    [Fact]
    public void Apic_lock_is_missing_unless_a_unit_can_be_owned()
    {
        MachineTopology locked = TestMachine.Server().WithInterrupts(facts => facts with { X2apicLocked = new(true, "MSR 0xbd of CPU 0: 0x1") });

        Checked.Is(CheckCatalog.ApicLock, CheckStatus.Ok, TestMachine.Server());
        Checked.Is(CheckCatalog.ApicLock, CheckStatus.Missing, locked, "MSR 0xbd", "firmware");
        Checked.Is(CheckCatalog.ApicLock, CheckStatus.Warn, locked.WithUnits(), "only partitions that own an IOMMU unit");
        Checked.Is(CheckCatalog.ApicLock, CheckStatus.Unknown, TestMachine.Server().WithInterrupts(facts => facts with { X2apicLocked = new(null, "denied") }), fix: "modprobe msr");
    }

    [Fact]
    public void Apic_ids_above_254_are_told_with_their_cpus()
    {
        MachineTopology high = TestMachine.Server().WithCpu(15, cpu => cpu with { ApicId = new(new ApicId(256), "/proc/cpuinfo") });

        Checked.Is(CheckCatalog.ApicIds, CheckStatus.Ok, TestMachine.Server(), "all up to 15");
        Checked.Is(CheckCatalog.ApicIds, CheckStatus.Warn, high, "CPUs 15 have APIC IDs of 255 or more and can be given to no partition");
        Checked.Is(CheckCatalog.ApicIds, CheckStatus.Warn, high.WithUnits(), "only to a partition that owns an IOMMU unit");
    }

    [Fact]
    public void Apic_ids_that_are_not_known_keep_their_cpus_back()
    {
        MachineTopology some = TestMachine.Server().WithCpu(7, cpu => cpu with { ApicId = new(null, "no MADT") });
        MachineTopology none = some with { Cpus = [.. some.Cpus.Select(cpu => cpu with { ApicId = new(null, "no MADT") })] };

        Checked.Is(CheckCatalog.ApicIds, CheckStatus.Warn, some, "CPUs 7 cannot be given away", "Bring these CPUs online once");
        Checked.Is(CheckCatalog.ApicIds, CheckStatus.Unknown, none, "no MADT");
        Checked.Is(CheckCatalog.ApicIds, CheckStatus.Unknown, some with { Cpus = [] });
    }

    [Fact]
    public void Cpu_hotplug_needs_a_cpu_that_can_go_offline()
    {
        MachineTopology machine = TestMachine.Server();
        MachineTopology stuck = machine with { Cpus = [.. machine.Cpus.Select(cpu => cpu with { CanGoOffline = new(false, "online: missing") })] };

        Checked.Is(CheckCatalog.CpuHotplug, CheckStatus.Ok, machine, "CPUs 1-15");
        Checked.Is(CheckCatalog.CpuHotplug, CheckStatus.Missing, stuck, "CPU 15: online: missing", "CONFIG_HOTPLUG_CPU=y");
        Checked.Is(CheckCatalog.CpuHotplug, CheckStatus.Missing, machine with { Cpus = [machine.Cpus[0]] }, "only one CPU");
        Checked.Is(CheckCatalog.CpuHotplug, CheckStatus.Unknown, machine with { Cpus = [] });
    }

    [Theory]
    [InlineData("on", CheckStatus.Ok, "")]
    [InlineData("notsupported", CheckStatus.Ok, "")]
    [InlineData("notimplemented", CheckStatus.Ok, "")]
    [InlineData("off", CheckStatus.Warn, "echo on")]
    [InlineData("forceoff", CheckStatus.Warn, "nosmt=force")]
    [InlineData(null, CheckStatus.Unknown, "")]
    public void Smt_that_is_off_is_a_warning(string? value, CheckStatus status, string fix) =>
        Checked.Is(CheckCatalog.Smt, status, TestMachine.Server().WithKernel(kernel => kernel with { SmtControl = new(value, "smt/control") }), "smt/control", fix);

    [Theory]
    [InlineData("vmx", "VMX root operation")]
    [InlineData("svm", "module_blacklist=kvm_intel,kvm_amd")]
    [InlineData("fpu", "neither VMX nor SVM")]
    public void Virtualization_is_no_obstacle(string flag, string evidence) => Checked.Is(CheckCatalog.Virtualization, CheckStatus.Ok, TestMachine.Server().WithFlags("lm", flag), evidence);

    [Fact]
    public void Processor_features_are_unknown_without_flags()
    {
        Checked.Is(CheckCatalog.Virtualization, CheckStatus.Unknown, TestMachine.Server().WithFlags());
        Checked.Is(CheckCatalog.GibibytePages, CheckStatus.Unknown, TestMachine.Server().WithFlags());
    }

    [Fact]
    public void Gibibyte_pages_are_told_but_not_needed()
    {
        Checked.Is(CheckCatalog.GibibytePages, CheckStatus.Ok, TestMachine.Server(), "pdpe1gb");
        Checked.Is(CheckCatalog.GibibytePages, CheckStatus.Ok, TestMachine.Server().WithFlags("lm"), "2 MiB pages are used instead");
    }
}
