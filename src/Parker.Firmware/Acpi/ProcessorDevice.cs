using Parker.Firmware.Aml;
using Parker.Machine;
using static Parker.Firmware.Aml.AmlCode;

namespace Parker.Firmware.Acpi;

/// <summary>A CPU as a device of the DSDT.</summary>
public static class ProcessorDevice
{
    private const ulong NotifyDeviceCheck = 1;
    private const ulong NotifyEjectRequest = 3;
    private const ulong PresentEnabledShownWorking = 0x0F;

    /// <summary>A CPU that stays as long as the partition runs, for the scope <c>\_SB</c>. It cannot be ejected: for that it would need a <c>_STA</c> that follows.</summary>
    /// <param name="name">One segment.</param>
    /// <param name="id">Its APIC ID, which is its UID in the MADT too.</param>
    /// <param name="entry">Its entry in the MADT.</param>
    /// <param name="proximityDomain">The node, as in the SRAT.</param>
    public static AmlTerm Term(string name, ApicId id, byte[] entry, uint proximityDomain) =>
        Device(name, [.. Identity(id, proximityDomain), Name("_STA", Number(PresentEnabledShownWorking)), Name("_MAT", Buffer(entry))]);

    /// <summary>
    /// A CPU that comes and goes while the partition runs, for the scope <c>\_SB</c>; there at first. <c>DROP</c> asks Linux to let go of it, which it answers by <c>_EJ0</c>, and
    /// <c>PLUG</c> brings it back.
    /// </summary>
    /// <remarks>
    /// No plan has one yet. It is listed as enabled in the MADT: on bare hardware kernels since 6.9 drop CPUs that are not (arch/x86/kernel/acpi/boot.c, <c>acpi_is_processor_usable</c>).
    /// </remarks>
    /// <param name="name">One segment.</param>
    /// <param name="id">Its APIC ID, which is its UID in the MADT too.</param>
    /// <param name="entry">Its entry in the MADT.</param>
    /// <param name="proximityDomain">The node, as in the SRAT.</param>
    /// <param name="acknowledgement">Where <c>_EJ0</c> stores the APIC ID, once Linux has let go of the CPU.</param>
    public static AmlTerm Removable(string name, ApicId id, byte[] entry, uint proximityDomain, AmlTerm acknowledgement) => Device(
        name,
        [
            .. Identity(id, proximityDomain),
            Name("_MAT", Buffer(entry)),
            Name("PRES", One),
            Method("_STA", 0, If(Path("PRES"), Return(Number(PresentEnabledShownWorking))), Return(Zero)),
            Method("_EJ0", 1, Store(Zero, Path("PRES")), Store(Number(id.Value), acknowledgement)),
            Method("PLUG", 0, Store(One, Path("PRES")), Notify(Path(name), Number(NotifyDeviceCheck))),
            Method("DROP", 0, Notify(Path(name), Number(NotifyEjectRequest))),
        ]);

    private static AmlTerm[] Identity(ApicId id, uint proximityDomain) =>
    [
        Name("_HID", Text("ACPI0007")),
        Name("_UID", Number(id.Value)),
        Name("_PXM", Number(proximityDomain)),
    ];
}
