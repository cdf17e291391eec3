using Parker.Partition;

namespace Parker.Firmware.Acpi;

/// <summary>MCFG and DMAR: where the configuration space of the granted buses lies, and the IOMMU unit that is owned.</summary>
internal static class DeviceTables
{
    private const byte McfgRevision = 1;
    private const byte DmarRevision = 1;
    private const byte InterruptRemapping = 1;
    private const byte IncludePciAll = 1;
    private const byte ScopeIoApic = 3;

    // A bus that no granted device is on: the RAM I/O APIC sends no interrupts, but Linux wants each I/O APIC in the scope of a unit before it remaps any.
    private const byte IoApicBus = 0xFF;

    /// <remarks>ECAM above 4 GiB is believed from revision 1 on, with an SMBIOS year of 2010 or later (arch/x86/pci/mmconfig-shared.c, <c>acpi_mcfg_check_entry</c>).</remarks>
    public static TableWriter Mcfg(PartitionPlan plan)
    {
        TableWriter table = TableWriter.Start("MCFG", McfgRevision).Append(0UL);
        foreach (PartitionBus bus in plan.Buses)
        {
            table.Append(new McfgAllocation
            {
                BaseAddress = bus.EcamBase.Value,
                Segment = bus.ApplicationSegment,
                FirstBus = bus.Buses.First,
                LastBus = bus.Buses.Last,
            });
        }

        return table;
    }

    public static TableWriter Dmar(PartitionIommu unit) => TableWriter.Start("DMAR", DmarRevision)
        .Append(new DmarBody { HostAddressWidthMinusOne = (byte)(unit.HostAddressWidth - 1), Flags = InterruptRemapping })
        .Append(new DmarHardwareUnit
        {
            Length = 16 + 8,
            Flags = IncludePciAll,
            Segment = unit.ApplicationSegment,
            RegisterBase = unit.Registers.Value,
        })
        .Append(new DmarDeviceScope { Type = ScopeIoApic, Length = 8, EnumerationId = RamIoApic.Id, StartBus = IoApicBus });
}
