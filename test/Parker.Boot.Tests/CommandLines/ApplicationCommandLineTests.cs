using CsCheck;
using Parker.Boot.CommandLines;
using Parker.Boot.Kernels;
using Parker.Boot.Tests.Kernels;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Partition.Tests.Plans;

namespace Parker.Boot.Tests.CommandLines;

public sealed class ApplicationCommandLineTests
{
    private const string SmallOwn =
        "reboot=efi,panic_warm tsc=reliable tsc_early_khz=2300000 no_ipi_broadcast=1 disable_cpu_apicid=254 pci=noearly,realloc=off nmi_watchdog=0 panic=0 "
        + "sysctl.kernel.panic=-1 sysctl.kernel.kexec_load_disabled=1 module_blacklist=kvm_intel,kvm_amd 8250.nr_uarts=0";

    [Fact]
    public void Own_parameters_stand_before_the_users()
    {
        (string? line, DiagnosticBag diagnostics) = Build(ExamplePlans.Small with { CommandLine = " root=/dev/vda1 quiet -- single " });
        Assert.Empty(diagnostics);
        Assert.Equal(SmallOwn + " root=/dev/vda1 quiet -- single", line);
    }

    [Fact]
    public void Partition_with_uart_and_iommu_unit_gets_what_belongs_to_them()
    {
        (string? line, DiagnosticBag diagnostics) = Build(ExamplePlans.Large);
        Assert.Empty(diagnostics);
        Assert.EndsWith("module_blacklist=kvm_intel,kvm_amd reserve=0x3f8,8,0x3e8,8,0x2e8,8 intel_iommu=on root=/dev/nvme0n1p2 ro", line, StringComparison.Ordinal);
        Assert.DoesNotContain("nr_uarts", line, StringComparison.Ordinal);
        Assert.Contains(" tsc_early_khz=2400017 ", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("maxcpus=2", null)]
    [InlineData("maxcpus=8", "CMD010")]
    [InlineData("maxcpus=1", "CMD010")]
    [InlineData("nr_cpus=3", "CMD020")]
    [InlineData("possible_cpus=2", "CMD020")]
    [InlineData("nr_cpus=4", null)]
    public void Partition_whose_cpus_come_and_go_starts_with_those_that_it_has(string user, string? id)
    {
        PartitionPlan plan = ExamplePlans.Small with { CpusMax = 4, SpareCpus = [new(8, new ApicId(8), 0), new(9, new ApicId(9), 0)], CommandLine = user };
        (string? line, DiagnosticBag diagnostics) = Build(plan);
        Assert.Equal(id, diagnostics.SingleOrDefault()?.Id);
        Assert.True(id == "CMD010" ? line is null : line!.Contains(" maxcpus=2", StringComparison.Ordinal), line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("memhp_default_state=offline")]
    public void Partition_whose_memory_comes_and_goes_gets_it_movable_unless_the_user_wants_it_otherwise(string user)
    {
        PartitionPlan plan = ExamplePlans.Small with { ElasticMemory = new ElasticMemory(1UL << 40, 1UL << 32, []), CommandLine = user };
        (string? line, DiagnosticBag diagnostics) = Build(plan);
        Assert.Empty(diagnostics);
        Assert.EndsWith(user.Length == 0 ? " memhp_default_state=online_movable" : $" memhp_default_state=online_movable {user}", line, StringComparison.Ordinal);
        Assert.DoesNotContain("memhp", Build(plan with { ElasticMemory = null, CommandLine = "" }).Line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x3f8, "reserve=0x2f8,8,0x3e8,8,0x2e8,8")]
    [InlineData(0x2f8, "reserve=0x3f8,8,0x3e8,8,0x2e8,8")]
    [InlineData(0x3e8, "reserve=0x3f8,8,0x2f8,8,0x2e8,8")]
    [InlineData(0x2e8, "reserve=0x3f8,8,0x2f8,8,0x3e8,8")]
    public void Partition_with_a_uart_is_kept_from_every_other_one_that_its_kernel_would_try(int port, string parameter)
    {
        string[] parameters = Build(ExamplePlans.Small with { UartPort = (ushort)port, CommandLine = "" }).Line!.Split(' ');
        Assert.Contains(parameter, parameters);
        Assert.DoesNotContain(parameters, given => given.StartsWith("8250.", StringComparison.Ordinal));
    }

    [Fact]
    public void Kernel_sees_own_values_as_the_last_ones_whatever_is_taken_from_the_user()
    {
        // Words that come near to our parameters, in any order and number.
        string[] names = ["reboot", "panic", "tsc_early_khz", "tsc-early-khz", "no_ipi_broadcast", "nmi_watchdog", "sysctl.kernel.panic", "module_blacklist", "8250.nr_uarts", "root"];
        string[] values = ["", "=0", "=1", "=efi", "=kvm_amd,kvm-intel"];
        Gen<string> word = Gen.OneOf(
            Gen.Select(Gen.Int[0, names.Length - 1], Gen.Int[0, values.Length - 1], (name, value) => names[name] + values[value]),
            Gen.Const("--"),
            Gen.Const("\"a b\""));
        word.Array[0, 6].Select(words => string.Join(' ', words)).Sample(user =>
        {
            (string? line, _) = Build(ExamplePlans.Small with { CommandLine = user });
            if (line is null)
            {
                return true;
            }

            KernelCommandLine parsed = KernelCommandLine.Parse(line);
            return parsed.Last("panic") == "0"
                && parsed.Last("tsc_early_khz") == "2300000"
                && parsed.Last("no_ipi_broadcast") == "1"
                && parsed.Last("8250.nr_uarts") == "0"
                && parsed.Last("module_blacklist")!.Contains("amd", StringComparison.Ordinal)
                && parsed.Last("module_blacklist")!.Contains("intel", StringComparison.Ordinal)
                && parsed.Last("reboot") is "efi" or "efi,panic_warm";
        });
    }

    [Fact]
    public void Command_line_of_a_unified_image_stands_in_for_none()
    {
        KernelImage kernel = Kernel(ImageBuilder.BuildUnified((".linux", new ImageBuilder().Build()), (".cmdline", "root=LABEL=x"u8.ToArray())));
        Assert.EndsWith(" root=LABEL=x", ApplicationCommandLine.TryBuild(ExamplePlans.Small with { CommandLine = "" }, kernel, []), StringComparison.Ordinal);
        Assert.EndsWith(" own", ApplicationCommandLine.TryBuild(ExamplePlans.Small with { CommandLine = "own" }, kernel, []), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_longer_than_the_kernel_takes_is_refused()
    {
        int room = 2047 - SmallOwn.Length - 1;
        Assert.Equal(2047, Build(ExamplePlans.Small with { CommandLine = new string('x', room) }).Line!.Length);
        DiagnosticBag diagnostics = Build(ExamplePlans.Small with { CommandLine = new string('x', room - 1) + "ä" }).Diagnostics;
        Diagnostic error = Assert.Single(diagnostics);
        Assert.Equal("CMD001", error.Id);
        Assert.Contains("Shorten yours by 1 ", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CMD002", "quiet\0splash")]
    [InlineData("CMD003", "a=\"b")]
    [InlineData("CMD010", "reboot=t")]
    [InlineData("CMD010", "reboot=efi,force")]
    [InlineData("CMD010", "panic=10")]
    [InlineData("CMD010", "panic")]
    [InlineData("CMD010", "no-ipi-broadcast=0")]
    [InlineData("CMD010", "tsc_early_khz=1")]
    [InlineData("CMD010", "disable_cpu_apicid=0")]
    [InlineData("CMD010", "nmi_watchdog=1")]
    [InlineData("CMD010", "sysctl.kernel.panic=0")]
    [InlineData("CMD010", "sysctl.kernel.kexec_load_disabled=0")]
    [InlineData("CMD010", "module_blacklist=nouveau")]
    [InlineData("CMD010", "8250.nr_uarts=4")]
    [InlineData("CMD010", "pci=realloc")]
    [InlineData("CMD011", "acpi=off")]
    [InlineData("CMD011", "acpi_rsdp=0x1000")]
    [InlineData("CMD011", "pnpacpi=off")]
    [InlineData("CMD011", "noapic")]
    [InlineData("CMD011", "nosmp")]
    [InlineData("CMD011", "maxcpus=0")]
    [InlineData("CMD011", "efi=noruntime")]
    [InlineData("CMD011", "noefi")]
    [InlineData("CMD011", "tsc=unstable")]
    [InlineData("CMD011", "pci=nomsi")]
    [InlineData("CMD012", "pci=noearly,conf1")]
    [InlineData("CMD012", "hpet=force")]
    [InlineData("CMD012", "earlyprintk=serial,ttyS0,115200")]
    [InlineData("CMD012", "earlycon=uart8250,io,0x3f8")]
    [InlineData("CMD012", "console=uart8250,io,0x3f8")]
    [InlineData("CMD012", "8250_core.nr_uarts=4")]
    [InlineData("CMD012", "i8042.nopnp")]
    [InlineData("CMD013", "mem=1G")]
    [InlineData("CMD013", "memmap=1G!4G")]
    public void Parameter_that_contradicts_is_refused_with_its_name(string id, string user)
    {
        (string? line, DiagnosticBag diagnostics) = Build(ExamplePlans.Small with { CommandLine = user });
        Assert.Null(line);
        Diagnostic error = Assert.Single(diagnostics);
        Assert.Equal(id, error.Id);
        Assert.Equal(DiagnosticSeverity.Error, error.Severity);
        Assert.NotEqual("", error.Remedy);
    }

    [Theory]
    [InlineData("CMD020", "maxcpus=3")]
    [InlineData("CMD020", "nr_cpus=1")]
    [InlineData("CMD020", "kvm-intel.nested=1")]
    [InlineData("CMD020", "modules-load=kvm-amd")]
    [InlineData("CMD020", "crashkernel=256M")]
    [InlineData("CMD020", "console=ttyS0,115200")]
    [InlineData("CMD021", "bootconfig")]
    [InlineData("CMD021", "thermal.off=1")]
    [InlineData("CMD021", "thermal.nocrt=1")]
    public void Parameter_without_the_wanted_effect_is_taken_with_a_warning(string id, string user)
    {
        (string? line, DiagnosticBag diagnostics) = Build(ExamplePlans.Small with { CommandLine = user });
        Assert.EndsWith(user, line, StringComparison.Ordinal);
        Diagnostic warning = Assert.Single(diagnostics);
        Assert.Equal(id, warning.Id);
        Assert.Equal(DiagnosticSeverity.Warning, warning.Severity);
    }

    [Theory]
    [InlineData("reboot=efi panic=0 tsc=noirqtime pci=pcie_scan_all maxcpus=1 nr_cpus=2 nox2apic hpet=disable iommu=off")]
    [InlineData("module_blacklist=nouveau,kvm_intel,kvm-amd")]
    [InlineData("console=tty0 console=hvc0 earlycon -- acpi=off reboot=t")]
    [InlineData("acpi=strict efi=debug intel_iommu=on thermal.off=0")]
    public void Parameter_that_does_no_harm_is_taken_without_a_word(string user)
    {
        (string? line, DiagnosticBag diagnostics) = Build(ExamplePlans.Small with { CommandLine = user });
        Assert.Empty(diagnostics);
        Assert.EndsWith(user, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nox2apic", "CMD011")]
    [InlineData("intel_iommu=off", "CMD010")]
    [InlineData("iommu=off", "CMD011")]
    [InlineData("intremap=off", "CMD011")]
    [InlineData("earlyprintk=serial,0x3f8", "CMD012")]
    [InlineData("earlyprintk=serial,0x2f8,115200", null)]
    [InlineData("earlyprintk=ttyS1", null)]
    [InlineData("earlyprintk=ttyS2", "CMD012")]
    [InlineData("console=ttyS0,115200", "CMD012")]
    [InlineData("console=ttyS", "CMD012")]
    [InlineData("console=0", "CMD012")]
    [InlineData("console=ttyS2", "CMD012")]
    [InlineData("console=ttyS1,115200n8 console=tty0 console=ttyS4 reserve=0x60,1 8250.nr_uarts=2", null)]
    [InlineData("earlycon=uart8250,io,0x2f8", null)]
    [InlineData("console=ttyS1 intel_iommu=on,sm_on", null)]
    public void Partition_with_uart_and_iommu_unit_takes_what_suits_them(string user, string? id)
    {
        DiagnosticBag diagnostics = Build(ExamplePlans.Large with { CommandLine = user }).Diagnostics;
        Assert.Equal(id is null ? [] : [id], diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void All_contradictions_are_told_at_once()
    {
        DiagnosticBag diagnostics = Build(ExamplePlans.Small with { CommandLine = "acpi=off reboot=t crashkernel=1G acpi=ht mem=4G" }).Diagnostics;
        Assert.Equal(["CMD011", "CMD010", "CMD020", "CMD011", "CMD013"], diagnostics.Select(diagnostic => diagnostic.Id));
    }

    private static (string? Line, DiagnosticBag Diagnostics) Build(PartitionPlan plan)
    {
        DiagnosticBag diagnostics = [];
        return (ApplicationCommandLine.TryBuild(plan, Kernel(new ImageBuilder().Build()), diagnostics), diagnostics);
    }

    private static KernelImage Kernel(byte[] bytes)
    {
        using TemporaryFile file = new(bytes);
        return KernelImage.TryRead(file.Handle, file.Path, [])!;
    }
}
