using Parker.Machine.Topology;
using Parker.Planning.Preflight;

namespace Parker.Planning.Tests.Preflight;

public sealed class MachineChecksTests
{
    [Fact]
    public void Evaluate_of_a_fit_server_lets_partitions_start()
    {
        CheckReport report = MachineCheck.Evaluate(TestMachine.Server());

        Assert.True(report.CanStart);
        Assert.Equal(CheckCatalog.All, report.Lines.Select(line => line.Check));
        Assert.Equal([CheckCatalog.Surroundings, CheckCatalog.IommuUnits], report.Lines.Where(line => line.Status != CheckStatus.Ok).Select(line => line.Check));
    }

    [Fact]
    public void Catalog_has_each_id_once_ascending() =>
        Assert.Equal(CheckCatalog.All.Select(check => check.Id).Distinct().Order(StringComparer.Ordinal), CheckCatalog.All.Select(check => check.Id));

    [Fact]
    public void Report_with_an_unknown_requirement_does_not_let_partitions_start()
    {
        MachineTopology machine = TestMachine.Server().WithKernel(kernel => kernel with { Lockdown = new(null, "denied") }).WithOptions(("CONFIG_SECURITY_LOCKDOWN_LSM", "y"));

        Assert.False(MachineCheck.Evaluate(machine).CanStart);
    }

    [Fact]
    public void Architecture_is_told_by_the_processor_or_the_kernel()
    {
        MachineTopology machine = TestMachine.Server();

        Checked.Is(CheckCatalog.Architecture, CheckStatus.Ok, machine, "flag lm");
        Checked.Is(CheckCatalog.Architecture, CheckStatus.Missing, machine.WithFlags("fpu"), "no flag lm", "x86-64");
        Checked.Is(CheckCatalog.Architecture, CheckStatus.Ok, machine.WithFlags(), "CONFIG_X86_64=y");
        Checked.Is(CheckCatalog.Architecture, CheckStatus.Missing, machine.WithFlags().WithOptions(("CONFIG_ARM64", "y")), "CONFIG_X86_64 is not set");
        Checked.Is(CheckCatalog.Architecture, CheckStatus.Unknown, machine.WithFlags().WithOptions(null));
    }

    [Theory]
    [InlineData("6.12.95+deb13-amd64", CheckStatus.Ok)]
    [InlineData("6.1.0-40-amd64", CheckStatus.Warn)]
    [InlineData("7.0-rc1", CheckStatus.Warn)]
    [InlineData("5.4.0", CheckStatus.Warn)]
    [InlineData("5.3.18-lp152", CheckStatus.Missing)]
    [InlineData("", CheckStatus.Unknown)]
    [InlineData("custom", CheckStatus.Unknown)]
    public void Kernel_release_is_judged_by_its_version(string release, CheckStatus status) =>
        Checked.Is(CheckCatalog.KernelRelease, status, TestMachine.Server().WithKernel(kernel => kernel with { Release = release }));

    [Fact]
    public void Surroundings_say_emulation_or_metal_in_the_words_of_the_documentation()
    {
        MachineTopology machine = TestMachine.Server();

        Checked.Is(CheckCatalog.Surroundings, CheckStatus.Warn, machine, "none is shown on metal yet", "docs/hardware.md");
        Checked.Is(CheckCatalog.Surroundings, CheckStatus.Warn, machine.WithFlags("lm", "hypervisor"), "shown in emulation", "docs/hardware.md");
        Checked.Is(CheckCatalog.Surroundings, CheckStatus.Unknown, machine.WithFlags());
    }

    [Theory]
    [InlineData("TOPO001", "Run as root.")]
    [InlineData("TOPO030", "Run as root.")]
    [InlineData("TOPO100", "Run as root.")]
    [InlineData("TOPO002", "parker topology")]
    [InlineData("TOPO003", "parker topology")]
    public void Readable_is_unknown_and_names_what_could_not_be_read(string id, string fix)
    {
        Checked.Is(CheckCatalog.Readable, CheckStatus.Ok, TestMachine.Server());
        Checked.Is(CheckCatalog.Readable, CheckStatus.Ok, TestMachine.Server().WithFinding("TOPO111", "/somewhere"));
        Checked.Is(CheckCatalog.Readable, CheckStatus.Unknown, TestMachine.Server().WithFinding(id, "/proc/iomem"), "/proc/iomem", fix);
    }
}
