using Parker.Machine.Topology;
using Parker.Planning.Preflight;

namespace Parker.Planning.Tests.Preflight;

public sealed class DoorChecksTests
{
    [Fact]
    public void Dev_mem_is_needed()
    {
        MachineTopology machine = TestMachine.Server();

        Checked.Is(CheckCatalog.DevMem, CheckStatus.Ok, machine, "CONFIG_STRICT_DEVMEM=y");
        Checked.Is(CheckCatalog.DevMem, CheckStatus.Ok, machine.WithOptions(("CONFIG_DEVMEM", "y")), "CONFIG_STRICT_DEVMEM is not set");
        Checked.Is(CheckCatalog.DevMem, CheckStatus.Missing, machine.WithKernel(kernel => kernel with { DevMem = new(false, "/dev/mem: missing") }), fix: "CONFIG_DEVMEM=y");
        Checked.Is(CheckCatalog.DevMem, CheckStatus.Unknown, machine.WithKernel(kernel => kernel with { DevMem = new(null, "denied") }));
    }

    [Fact]
    public void Apic_page_is_not_needed_in_x2apic_mode() => Checked.Is(CheckCatalog.ApicPage, CheckStatus.Ok, TestMachine.Server(), "not needed in x2APIC mode");

    [Fact]
    public void Apic_page_in_xapic_mode_needs_iomem_relaxed_where_the_kernel_hides_it()
    {
        MachineTopology machine = TestMachine.Server().InXapicMode();

        Checked.Is(CheckCatalog.ApicPage, CheckStatus.Missing, machine, "CONFIG_IO_STRICT_DEVMEM=y", "Boot with iomem=relaxed.");
        Checked.Is(CheckCatalog.ApicPage, CheckStatus.Ok, machine.WithCommandLine("iomem=relaxed"), "iomem=relaxed");
        Checked.Is(CheckCatalog.ApicPage, CheckStatus.Ok, machine.WithOptions(("CONFIG_DEVMEM", "y")), "CONFIG_IO_STRICT_DEVMEM is not set");
        Checked.Is(CheckCatalog.ApicPage, CheckStatus.Missing, machine.WithOptions(("CONFIG_DEVMEM", "y")).WithCommandLine("iomem=strict"), "iomem=strict");
        Checked.Is(CheckCatalog.ApicPage, CheckStatus.Unknown, machine.WithOptions(null), "/boot/config", "iomem=relaxed");
    }

    [Fact]
    public void Apic_page_is_unknown_with_the_mode() =>
        Checked.Is(CheckCatalog.ApicPage, CheckStatus.Unknown, TestMachine.Server().WithInterrupts(facts => facts with { Mode = new(null, "nothing tells it") }), "nothing tells it");

    [Theory]
    [InlineData("none", CheckStatus.Ok)]
    [InlineData("integrity", CheckStatus.Missing)]
    [InlineData("confidentiality", CheckStatus.Missing)]
    public void Lockdown_must_be_off(string level, CheckStatus status) => Checked.Is(
        CheckCatalog.Lockdown,
        status,
        TestMachine.Server().WithKernel(kernel => kernel with { Lockdown = new(level, $"[{level}]") }),
        fix: status == CheckStatus.Ok ? "" : "Secure Boot");

    [Fact]
    public void Lockdown_that_cannot_be_read_is_unknown_unless_the_kernel_does_not_have_it()
    {
        MachineTopology machine = TestMachine.Server().WithKernel(kernel => kernel with { Lockdown = new(null, "/sys/kernel/security/lockdown: missing") });

        Checked.Is(CheckCatalog.Lockdown, CheckStatus.Ok, machine, "CONFIG_SECURITY_LOCKDOWN_LSM is not set");
        Checked.Is(CheckCatalog.Lockdown, CheckStatus.Unknown, machine.WithOptions(("CONFIG_SECURITY_LOCKDOWN_LSM", "y")), fix: "mount -t securityfs");
        Checked.Is(CheckCatalog.Lockdown, CheckStatus.Unknown, machine.WithOptions(null));
    }

    [Fact]
    public void Msr_device_is_needed_in_x2apic_mode_alone()
    {
        MachineTopology without = TestMachine.Server().WithKernel(kernel => kernel with { MsrDevice = new(false, "/dev/cpu/0/msr: missing") });

        Checked.Is(CheckCatalog.MsrDevice, CheckStatus.Ok, TestMachine.Server());
        Checked.Is(CheckCatalog.MsrDevice, CheckStatus.Missing, without, fix: "modprobe msr");
        Checked.Is(CheckCatalog.MsrDevice, CheckStatus.Ok, without.InXapicMode(), "not needed");
        Checked.Is(CheckCatalog.MsrDevice, CheckStatus.Unknown, TestMachine.Server().WithKernel(kernel => kernel with { MsrDevice = new(null, "denied") }));
    }

    [Theory]
    [InlineData("on", CheckStatus.Ok)]
    [InlineData("default", CheckStatus.Warn)]
    [InlineData("off", CheckStatus.Missing)]
    [InlineData(null, CheckStatus.Unknown)]
    public void Msr_writes_must_not_be_off(string? value, CheckStatus status)
    {
        MachineTopology machine = TestMachine.Server().WithKernel(kernel => kernel with { MsrAllowWrites = new(value, "/sys/module/msr/parameters/allow_writes") });

        Checked.Is(CheckCatalog.MsrWrites, status, machine, "allow_writes");
        Checked.Is(CheckCatalog.MsrWrites, CheckStatus.Ok, machine.InXapicMode(), "not needed");
    }

    [Fact]
    public void Msr_writes_are_told_by_the_command_line_before_the_module_is_loaded() => Checked.Is(
        CheckCatalog.MsrWrites,
        CheckStatus.Missing,
        TestMachine.Server().WithKernel(kernel => kernel with { MsrAllowWrites = new(null, "missing") }).WithCommandLine("msr.allow_writes=off"),
        "/proc/cmdline: msr.allow_writes=off");
}
