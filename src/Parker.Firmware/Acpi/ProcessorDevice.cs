using Parker.Firmware.Aml;
using Parker.Machine;
using static Parker.Firmware.Aml.AmlCode;

namespace Parker.Firmware.Acpi;

/// <summary>A CPU as a device of the DSDT.</summary>
public static class ProcessorDevice
{
    private const ulong PresentEnabledShownWorking = 0x0F;

    /// <summary>A CPU that stays as long as the partition runs, for the scope <c>\_SB</c>. It cannot be ejected: for that it would need a <c>_STA</c> that follows.</summary>
    /// <param name="name">One segment.</param>
    /// <param name="id">Its APIC ID, which is its UID in the MADT too.</param>
    /// <param name="entry">Its entry in the MADT.</param>
    /// <param name="proximityDomain">The node, as in the SRAT.</param>
    public static AmlTerm Term(string name, ApicId id, byte[] entry, uint proximityDomain) =>
        Device(name, [.. Identity(id, proximityDomain), Name("_STA", Number(PresentEnabledShownWorking)), Name("_MAT", Buffer(entry))]);

    /// <summary>A CPU that comes and goes while the partition runs, for the scope <c>\_SB</c>.</summary>
    /// <remarks>
    /// It is listed as enabled in the MADT: on bare hardware kernels since 6.9 drop CPUs that are not (arch/x86/kernel/acpi/boot.c, <c>acpi_is_processor_usable</c>).
    /// </remarks>
    /// <param name="place">Its place.</param>
    /// <param name="id">Its APIC ID, which is its UID in the MADT too.</param>
    /// <param name="entry">Its entry in the MADT.</param>
    /// <param name="proximityDomain">The node, as in the SRAT.</param>
    internal static AmlTerm Elastic(int place, ApicId id, byte[] entry, uint proximityDomain) => Device(
        ElasticNames.Cpus.Device(place),
        [.. Identity(id, proximityDomain), Name("_MAT", Buffer(entry)), .. ElasticNames.Cpus.Methods(place)]);

    private static AmlTerm[] Identity(ApicId id, uint proximityDomain) =>
    [
        Name("_HID", Text("ACPI0007")),
        Name("_UID", Number(id.Value)),
        Name("_PXM", Number(proximityDomain)),
    ];
}
