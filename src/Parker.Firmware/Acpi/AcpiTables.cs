using System.Buffers.Binary;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Firmware.Acpi;

/// <summary>Makes the ACPI tables that an Application Kernel sees: hardware-reduced ACPI 6.3 with just the partition in it.</summary>
public static class AcpiTables
{
    // Server; the profile that power management tunes for.
    private const byte EnterpriseServer = 4;

    private static readonly ByteSize Alignment = new(64);

    /// <summary>Makes the tables of a partition.</summary>
    /// <param name="plan">Its resources.</param>
    /// <param name="layout">Where things lie; the tables go to <see cref="PartitionLayout.Acpi"/>.</param>
    /// <exception cref="ArgumentException">The plan cannot be said in ACPI; the message is the first reason.</exception>
    public static AcpiTableSet Build(PartitionPlan plan, PartitionLayout layout)
    {
        DiagnosticBag diagnostics = [];
        return TryBuild(plan, layout, diagnostics)
            ?? throw new ArgumentException(diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToString(), nameof(plan));
    }

    /// <summary>Makes the tables of a partition.</summary>
    /// <param name="plan">Its resources.</param>
    /// <param name="layout">Where things lie; the tables go to <see cref="PartitionLayout.Acpi"/>.</param>
    /// <param name="diagnostics">Takes what cannot be said in ACPI: <c>ACPI001</c> and up.</param>
    /// <returns>Null where there was an error.</returns>
    public static AcpiTableSet? TryBuild(PartitionPlan plan, PartitionLayout layout, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (!PlanCheck.Passes(plan, diagnostics))
        {
            return null;
        }

        AcpiTableSet set = Place(plan, layout, diagnostics);
        if ((ulong)set.Bytes.Length > layout.Acpi.Length.Bytes)
        {
            diagnostics.Error(
                "ACPI002",
                $"partition {plan.Name}",
                $"Its ACPI tables take {set.Bytes.Length} bytes, and there is room for {layout.Acpi.Length}.",
                "Give it fewer CPUs or buses.");
            return null;
        }

        return set;
    }

    // The root pointer first, then what the FADT points to, then what the XSDT points to, then the XSDT: each address is known when it is written.
    private static AcpiTableSet Place(PartitionPlan plan, PartitionLayout layout, DiagnosticBag diagnostics)
    {
        ProcessorTable processors = new(plan);
        ProximityDomains domains = new(plan);
        List<AcpiTableBlob> tables = [];
        PhysicalAddress next = layout.Acpi.Start + new ByteSize(36).AlignUp(Alignment);
        PhysicalAddress Put(TableWriter writer)
        {
            AcpiTableBlob table = new(writer.Signature, next, writer.Finish());
            tables.Add(table);
            next = table.Range.End.AlignUp(Alignment);
            return table.Address;
        }

        PhysicalAddress dsdt = Put(DifferentiatedDescription.Write(plan, layout, processors, domains));
        List<PhysicalAddress> listed = [Put(Fadt(dsdt)), Put(processors.Write(layout))];
        if (plan.Buses.Count > 0)
        {
            listed.Add(Put(DeviceTables.Mcfg(plan)));
        }

        listed.Add(Put(AffinityTables.Srat(plan, processors, domains)));
        listed.Add(Put(AffinityTables.Slit(plan, domains, diagnostics)));
        if (plan.Iommu is PartitionIommu unit)
        {
            listed.Add(Put(DeviceTables.Dmar(unit)));
        }

        TableWriter xsdt = TableWriter.Start("XSDT", 1);
        foreach (PhysicalAddress address in listed)
        {
            xsdt.Append(address.Value);
        }

        tables.Insert(0, new AcpiTableBlob("RSDP", layout.Acpi.Start, Rsdp(Put(xsdt))));
        return new AcpiTableSet(layout.Acpi.Start, Block(layout.Acpi.Start, tables), tables);
    }

    private static byte[] Block(PhysicalAddress start, List<AcpiTableBlob> tables)
    {
        byte[] block = new byte[(int)(tables[^1].Range.End - start).Bytes];
        foreach (AcpiTableBlob table in tables)
        {
            table.Bytes.Span.CopyTo(block.AsSpan((int)(table.Address - start).Bytes));
        }

        return block;
    }

    private static byte[] Rsdp(PhysicalAddress xsdt)
    {
        byte[] bytes = TableWriter.Bytes(new RootPointer
        {
            Signature = BinaryPrimitives.ReadUInt64LittleEndian("RSD PTR "u8),
            OemId = OemId.Parker,
            Revision = 2,
            Length = 36,
            XsdtAddress = xsdt.Value,
        });
        bytes[8] = TableWriter.Checksum(bytes.AsSpan(0, RootPointer.LengthOfRevision0));
        bytes[32] = TableWriter.Checksum(bytes);
        return bytes;
    }

    // Hardware-reduced: no PIC, no PIT tick, no SCI, no power management ports. Physical destinations: up to 8 CPUs Linux would use flat logical IDs,
    // which the Boot Kernel's CPUs have too. The boot flags keep the drivers of VGA, RTC, keyboard controller and legacy devices away from the machine's;
    // ASPM belongs to both ends of a link, and the upper one is the Boot Kernel's. Latencies above 100 and 1000 us mean: no C2, no C3.
    private static TableWriter Fadt(PhysicalAddress dsdt) => TableWriter.Whole("FACP", new FixedDescription
    {
        Header = TableWriter.Header("FACP", 6),
        PreferredPmProfile = EnterpriseServer,
        C2Latency = 101,
        C3Latency = 1001,
        BootArchitecture = BootArchitecture.NoVga | BootArchitecture.NoPcieAspm | BootArchitecture.NoCmosRtc,
        Features = FixedFeatures.Wbinvd | FixedFeatures.ProcessorC1 | FixedFeatures.NoFixedPowerButton | FixedFeatures.NoFixedSleepButton
            | FixedFeatures.NoFixedRtcWake | FixedFeatures.ForceApicPhysicalDestination | FixedFeatures.HardwareReduced,
        MinorRevision = 3,
        ExtendedDsdt = dsdt.Value,
    });
}
