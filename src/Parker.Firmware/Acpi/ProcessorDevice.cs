using Parker.Firmware.Aml;
using Parker.Machine;
using Parker.Partition;
using static Parker.Firmware.Aml.AmlCode;

namespace Parker.Firmware.Acpi;

/// <summary>A CPU as a device of the DSDT.</summary>
public static class ProcessorDevice
{
    private const ulong NotifyDeviceCheck = 1;
    private const ulong NotifyEjectRequest = 3;
    private const ulong PresentEnabledShownWorking = 0x0F;

    // _OST status of an ejection, ACPI specification, table "OSPM Status Codes for Ejection".
    private const ulong EjectionInProgress = 0x84;

    /// <summary>A CPU that stays as long as the partition runs, for the scope <c>\_SB</c>. It cannot be ejected: for that it would need a <c>_STA</c> that follows.</summary>
    /// <param name="name">One segment.</param>
    /// <param name="id">Its APIC ID, which is its UID in the MADT too.</param>
    /// <param name="entry">Its entry in the MADT.</param>
    /// <param name="proximityDomain">The node, as in the SRAT.</param>
    public static AmlTerm Term(string name, ApicId id, byte[] entry, uint proximityDomain) =>
        Device(name, [.. Identity(id, proximityDomain), Name("_STA", Number(PresentEnabledShownWorking)), Name("_MAT", Buffer(entry))]);

    /// <summary>
    /// A CPU that comes and goes while the partition runs, for the scope <c>\_SB</c>. Its <c>SYNC</c> compares whether it is granted with whether it is there, and asks Linux to take it or to
    /// let go of it: what became of that Linux tells <c>_OST</c>, and that it has let go, <c>_EJ0</c>.
    /// </summary>
    /// <remarks>
    /// It is listed as enabled in the MADT: on bare hardware kernels since 6.9 drop CPUs that are not (arch/x86/kernel/acpi/boot.c, <c>acpi_is_processor_usable</c>). Linux calls <c>_OST</c>
    /// twice for an ejection, first that it is in progress (drivers/acpi/scan.c, <c>acpi_generic_hotplug_event</c>).
    /// </remarks>
    /// <param name="name">One segment.</param>
    /// <param name="id">Its APIC ID, which is its UID in the MADT too.</param>
    /// <param name="entry">Its entry in the MADT.</param>
    /// <param name="proximityDomain">The node, as in the SRAT.</param>
    /// <param name="words">Its bits in the header page.</param>
    internal static AmlTerm Elastic(string name, ApicId id, byte[] entry, uint proximityDomain, ElasticCpuNames words) => Device(
        name,
        [
            .. Identity(id, proximityDomain),
            Name("_MAT", Buffer(entry)),
            Method("_STA", 0, If(Path(words.Present), Return(Number(PresentEnabledShownWorking))), Return(Zero)),
            Method("_EJ0", 1, Store(Zero, Path(words.Present))),
            Method(
                "_OST",
                3,
                If(LNot(Arg(1)), Store(Number((ulong)CpuAnswer.Done), Path(words.Answer)), Return(Zero)),
                If(LNot(LEqual(Arg(1), Number(EjectionInProgress))), Store(Arg(1), Path(ElasticCpuNames.Refusal)), Store(Number((ulong)CpuAnswer.Refused), Path(words.Answer))),
                Return(Zero)),
            Method(
                ElasticCpuNames.Synchronize,
                0,
                If(LEqual(Path(words.Granted), Path(words.Present)), Return(Zero)),
                Store(Zero, Path(words.Answer)),
                If(Path(words.Granted), Store(One, Path(words.Present)), Notify(Path(name), Number(NotifyDeviceCheck)), Return(Zero)),
                Notify(Path(name), Number(NotifyEjectRequest)),
                Return(Zero)),
        ]);

    private static AmlTerm[] Identity(ApicId id, uint proximityDomain) =>
    [
        Name("_HID", Text("ACPI0007")),
        Name("_UID", Number(id.Value)),
        Name("_PXM", Number(proximityDomain)),
    ];
}
