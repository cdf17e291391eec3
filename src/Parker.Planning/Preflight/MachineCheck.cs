using Parker.Machine.Topology;
using Parker.Planning.Grants;

namespace Parker.Planning.Preflight;

/// <summary>Whether partitions can be started on a machine, requirement by requirement.</summary>
public static class MachineCheck
{
    /// <summary>Checks <paramref name="machine"/>.</summary>
    public static CheckReport Evaluate(MachineTopology machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        BusGrants grants = BusGrants.Evaluate(machine);
        CheckLine[] lines =
        [
            MachineChecks.Architecture(machine),
            MachineChecks.KernelRelease(machine.Kernel),
            MachineChecks.Surroundings(machine),
            MachineChecks.Readable(machine.Diagnostics),
            MemoryChecks.Pool(machine),
            MemoryChecks.LowSlots(machine),
            MemoryChecks.MemmapRegions(machine),
            MemoryChecks.Movable(machine.Kernel),
            DoorChecks.DevMem(machine.Kernel),
            DoorChecks.ApicPage(machine),
            DoorChecks.Lockdown(machine.Kernel),
            DoorChecks.MsrDevice(machine),
            DoorChecks.MsrWrites(machine),
            CpuChecks.BroadcastIpis(machine),
            CpuChecks.ApicMode(machine.Interrupts),
            CpuChecks.ApicLock(machine.Interrupts, grants),
            CpuChecks.ApicIds(machine, grants),
            CpuChecks.Hotplug(machine),
            CpuChecks.Smt(machine),
            CpuChecks.Virtualization(machine.Processor),
            CpuChecks.GibibytePages(machine.Processor),
            ClockChecks.Reliable(machine),
            ClockChecks.Frequency(machine.Tsc),
            ClockChecks.Calibration(machine),
            DeviceChecks.Ecam(machine),
            DeviceChecks.Remapping(machine),
            DeviceChecks.Translation(machine),
            DeviceChecks.Units(machine, grants),
            DeviceChecks.ReservedMemory(machine, grants),
            DeviceChecks.Buses(grants),
        ];
        return new CheckReport(lines);
    }
}
