using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Planning.Preflight;

namespace Parker.Planning.Tests.Preflight;

public sealed class DeviceChecksTests
{
    private const string Tables = "/sys/firmware/acpi/tables/";

    [Fact]
    public void Ecam_is_needed_for_devices()
    {
        MachineTopology without = TestMachine.Server().WithPci(pci => pci with { Ecam = [] });

        Checked.Is(CheckCatalog.Ecam, CheckStatus.Ok, TestMachine.Server(), "0000:00-ff at 0xb0000000");
        Checked.Is(CheckCatalog.Ecam, CheckStatus.Warn, without, "MCFG");
        Checked.Is(CheckCatalog.Ecam, CheckStatus.Unknown, without.WithFinding("TOPO001", Tables + "MCFG"), "MCFG", "Run as root.");
    }

    [Theory]
    [InlineData(false, CheckStatus.Ok)]
    [InlineData(true, CheckStatus.Warn)]
    [InlineData(null, CheckStatus.Unknown)]
    public void Interrupt_remapping_is_a_warning_for_grants(bool? on, CheckStatus status) => Checked.Is(
        CheckCatalog.Remapping,
        status,
        TestMachine.Server().WithInterrupts(facts => facts with { Remapping = new(on, "/proc/interrupts") }),
        "/proc/interrupts",
        status == CheckStatus.Ok ? "" : "intremap=off");

    [Fact]
    public void Interrupt_remapping_off_costs_x2apic_mode_on_metal_and_the_fix_says_so()
    {
        MachineTopology machine = TestMachine.Server().WithInterrupts(facts => facts with { Remapping = new(true, "on") });
        MachineTopology large = machine.WithCpu(15, cpu => cpu with { ApicId = new(new ApicId(256), "") });

        Checked.Is(CheckCatalog.Remapping, CheckStatus.Warn, machine, fix: "intremap=off and iomem=relaxed: without remapping the Boot Kernel falls back to xAPIC mode;");
        Checked.Is(CheckCatalog.Remapping, CheckStatus.Warn, large, fix: "cannot use CPUs 15, whose APIC IDs are above 254");
        Checked.Is(CheckCatalog.Remapping, CheckStatus.Warn, machine.WithFlags("lm", "hypervisor"), fix: "Boot with intremap=off;");
        Checked.Is(CheckCatalog.Remapping, CheckStatus.Warn, machine.InXapicMode(), fix: "Boot with intremap=off;");
    }

    [Fact]
    public void Dma_translation_is_a_warning_unless_addresses_pass_through()
    {
        MachineTopology grouped = TestMachine.Server().With(TestMachine.Nic, function => function with { IommuGroup = 3 });

        Checked.Is(CheckCatalog.Translation, CheckStatus.Ok, TestMachine.Server(), "off");
        Checked.Is(CheckCatalog.Translation, CheckStatus.Warn, grouped, "1 PCI functions", "iommu=pt");
        Checked.Is(CheckCatalog.Translation, CheckStatus.Ok, grouped.WithCommandLine("iommu=pt"), "pass through");
        Checked.Is(CheckCatalog.Translation, CheckStatus.Ok, grouped.WithOptions(("CONFIG_IOMMU_DEFAULT_PASSTHROUGH", "y")), "pass through");
    }

    [Fact]
    public void Iommu_units_are_told_with_who_can_own_them()
    {
        MachineTopology units = TestMachine.Server().WithUnits();

        Checked.Is(CheckCatalog.IommuUnits, CheckStatus.Ok, units, "0xfed90000 can be owned with buses 0000:01; 0xfed91000 cannot be owned (UNIT005, UNIT006)");
        Checked.Is(CheckCatalog.IommuUnits, CheckStatus.Warn, units.WithInterrupts(facts => facts with { Remapping = new(true, "on") }), "UNIT003", "intremap=off");
        Checked.Is(CheckCatalog.IommuUnits, CheckStatus.Warn, TestMachine.Server(), "nothing confines", "VT-d");
        Checked.Is(CheckCatalog.IommuUnits, CheckStatus.Unknown, TestMachine.Server().WithFinding("TOPO001", Tables + "DMAR"), "DMAR");
        Checked.Is(CheckCatalog.IommuUnits, CheckStatus.Unknown, TestMachine.Server().WithFinding("TOPO001", Tables + "IVRS"), "IVRS");
    }

    [Fact]
    public void Reserved_memory_counts_for_devices_behind_root_ports_alone()
    {
        Checked.Is(CheckCatalog.ReservedMemory, CheckStatus.Ok, TestMachine.Server());
        Checked.Is(CheckCatalog.ReservedMemory, CheckStatus.Ok, With(new IommuReservedMemory(TestMachine.Range(0x7C000000, 0x7CFFFFFF), [TestMachine.BootDisk])));
        Checked.Is(CheckCatalog.ReservedMemory, CheckStatus.Warn, With(new IommuReservedMemory(TestMachine.Range(0x7C000000, 0x7CFFFFFF), [TestMachine.Nic])), "0000:02:00.0", "USB legacy");
        Checked.Is(CheckCatalog.ReservedMemory, CheckStatus.Unknown, TestMachine.Server().WithFinding("TOPO001", Tables + "DMAR"), "DMAR");

        static MachineTopology With(IommuReservedMemory memory)
        {
            MachineTopology machine = TestMachine.Server().WithUnits();
            return machine with { Iommu = machine.Iommu with { ReservedMemory = [memory] } };
        }
    }

    [Fact]
    public void Buses_to_grant_are_listed_and_their_lack_is_a_warning_with_the_reasons()
    {
        MachineTopology machine = TestMachine.Server();

        Checked.Is(CheckCatalog.Buses, CheckStatus.Ok, machine, "0000:01 (0000:01:00.0), 0000:02 (0000:02:00.0, 0000:02:00.1)");
        Checked.Is(CheckCatalog.Buses, CheckStatus.Warn, machine.WithPci(pci => pci with { Ecam = [] }), "0000:01 (BUS006); 0000:02 (BUS006)", "Run as root");
        Checked.Is(
            CheckCatalog.Buses,
            CheckStatus.Warn,
            machine.WithPci(pci => pci with { Ecam = [] }).With(TestMachine.Nvme, function => function with { HasMsix = new(false, "") }),
            "0000:01 (BUS006, BUS007); 0000:02 (BUS006)",
            "For 0000:02, which lacks least: Run as root");
        Checked.Is(CheckCatalog.Buses, CheckStatus.Warn, machine.WithPci(pci => pci with { Functions = [], Buses = [] }), "no device lies behind a root port");
    }
}
