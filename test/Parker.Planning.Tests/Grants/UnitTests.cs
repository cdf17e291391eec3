using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Grants;

namespace Parker.Planning.Tests.Grants;

public sealed class UnitTests
{
    [Fact]
    public void A_unit_above_granted_buses_alone_is_owned_by_the_partition_that_gets_them()
    {
        BusGrants grants = BusGrants.Evaluate(TestMachine.Server().WithUnits());

        BusGrant grant = grants.Grant([grants.Find(TestMachine.Nvme)!]);

        Assert.True(grant.IsAllowed);
        Assert.Equal(Containment.Owned, grant.Containment);
        Assert.Equal(new PartitionIommu(new PhysicalAddress(0xFED90000), 46, 0), grant.Iommu);
    }

    [Fact]
    public void Buses_of_two_units_are_granted_without_a_unit()
    {
        BusGrants grants = BusGrants.Evaluate(TestMachine.Server().WithUnits());

        BusGrant grant = grants.Grant([grants.Find(TestMachine.Nic)!, grants.Find(TestMachine.Nvme)!]);

        Assert.True(grant.IsAllowed);
        Assert.Equal(Containment.None, grant.Containment);
        Assert.Equal([TestMachine.NvmePort, TestMachine.NicPort], grant.Buses.Select(bus => bus.RootPort));
    }

    [Fact]
    public void A_refused_grant_names_the_place_of_each_reason_and_why_the_unit_cannot_be_owned()
    {
        BusGrants grants = BusGrants.Evaluate(TestMachine.Server().WithUnits().WithInterrupts(facts => facts with { Remapping = new(true, "on") }));

        BusGrant grant = grants.Grant([grants.Find(TestMachine.Nvme)!]);

        Assert.False(grant.IsAllowed);
        Assert.Empty(grant.Buses);
        Assert.Equal(
            [("PCI bus 0000:01 behind 0000:00:03.0", GrantReasonId.RemappingOn), ("IOMMU unit at 0xfed90000", GrantReasonId.UnitRemaps)],
            grant.Reasons.Select(reason => (reason.Place, reason.Reason.Id)));
    }

    [Fact]
    public void The_unit_of_the_boot_kernels_io_apic_and_disk_cannot_be_owned() => AssertReasons(TestMachine.Server().WithUnits(), 1, GrantReasonId.UnitIoApic, GrantReasonId.UnitShared);

    [Fact]
    public void An_io_apic_that_the_madt_does_not_tell_is_taken_as_the_boot_kernels() =>
        AssertReasons(TestMachine.Server().WithUnits().WithInterrupts(facts => facts with { IoApics = [] }), 0, GrantReasonId.UnitIoApic);

    [Fact]
    public void A_unit_that_the_boot_kernel_drives_or_may_drive_cannot_be_owned()
    {
        MachineTopology machine = TestMachine.Server().WithUnits();

        AssertReasons(WithFirstUnit(machine, unit => unit with { BootKernelName = "dmar0" }), 0, GrantReasonId.UnitDriven);
        AssertReasons(machine with { Iommu = machine.Iommu with { DrivenByBootKernel = new(null, "denied") } }, 0, GrantReasonId.UnitUseUnknown);
        AssertReasons(machine.WithInterrupts(facts => facts with { Remapping = new(true, "on") }), 0, GrantReasonId.UnitRemaps);
        AssertReasons(machine.WithInterrupts(facts => facts with { Remapping = new(null, "unknown") }), 0, GrantReasonId.UnitUseUnknown);
    }

    [Fact]
    public void An_amd_unit_cannot_be_owned() =>
        AssertReasons(WithFirstUnit(TestMachine.Server().WithUnits(), unit => unit with { Kind = IommuKind.AmdVi }), 0, GrantReasonId.UnitKind);

    [Fact]
    public void Reserved_memory_of_a_device_behind_the_unit_refuses_it_and_that_of_others_does_not()
    {
        MachineTopology machine = TestMachine.Server().WithUnits();
        PhysicalRange range = TestMachine.Range(0x7C000000, 0x7CFFFFFF);

        AssertReasons(With(new IommuReservedMemory(range, [TestMachine.Nvme])), 0, GrantReasonId.UnitReservedMemory);
        AssertReasons(With(new IommuReservedMemory(range, []) { ForAllDevices = true }), 0, GrantReasonId.UnitReservedMemory);
        AssertReasons(With(new IommuReservedMemory(range, [TestMachine.BootDisk])), 0);

        MachineTopology With(IommuReservedMemory memory) => machine with { Iommu = machine.Iommu with { ReservedMemory = [memory] } };
    }

    [Fact]
    public void A_unit_above_buses_that_cannot_be_granted_cannot_be_owned() => AssertReasons(
        TestMachine.Server().WithUnits().With(TestMachine.Nvme, function => function with { HasMsix = new(false, "") }),
        0,
        GrantReasonId.UnitBuses);

    [Fact]
    public void A_unit_above_nothing_cannot_be_owned() =>
        AssertReasons(WithFirstUnit(TestMachine.Server().WithUnits(), unit => unit with { Buses = [new PciBusRange(0, 3, 3)], Devices = [] }), 0, GrantReasonId.UnitEmpty);

    [Fact]
    public void An_idle_function_outside_does_not_keep_a_unit_from_being_owned()
    {
        MachineTopology machine = WithFirstUnit(TestMachine.Server().WithUnits(), unit => unit with { Devices = [.. unit.Devices, TestMachine.BootDisk] });

        AssertReasons(machine, 0, GrantReasonId.UnitShared);
        AssertReasons(machine.With(TestMachine.BootDisk, function => function with { Uses = [], Driver = "" }), 0);
        AssertReasons(machine.With(TestMachine.BootDisk, function => function with { Uses = [], Driver = "", Command = 6 }), 0, GrantReasonId.UnitShared);
        AssertReasons(machine.With(TestMachine.BootDisk, function => function with { Uses = [], Driver = "", Command = null }), 0, GrantReasonId.UnitShared);
    }

    [Fact]
    public void ToPartitionIommu_of_a_unit_that_cannot_be_owned_throws() =>
        Assert.Throws<InvalidOperationException>(() => BusGrants.Evaluate(TestMachine.Server().WithUnits()).Units[1].ToPartitionIommu());

    private static MachineTopology WithFirstUnit(MachineTopology machine, Func<IommuUnit, IommuUnit> change) =>
        machine with { Iommu = machine.Iommu with { Units = [change(machine.Iommu.Units[0]), .. machine.Iommu.Units.Skip(1)] } };

    private static void AssertReasons(MachineTopology machine, int unit, params string[] ids)
    {
        UnitCandidate candidate = BusGrants.Evaluate(machine).Units[unit];
        Assert.Equal(ids, candidate.Reasons.Select(reason => reason.Id));
        Assert.Equal(ids.Length == 0, candidate.CanBeOwned);
    }
}
