using Parker.Firmware.Aml;
using Parker.Machine;
using static Parker.Firmware.Aml.AmlCode;

namespace Parker.Firmware.Acpi;

/// <summary>Memory that comes and goes while the partition runs: a device whose <c>PLUG</c> method brings it, and whose <c>_EJ0</c> takes it away.</summary>
/// <remarks>
/// For memory beyond what the partition starts with, so no plan has one yet. Memory of the address map gets none: Linux would add it a second time at
/// boot, and complain where it is not a multiple of its memory blocks (drivers/acpi/acpi_memhotplug.c, <c>acpi_memory_enable_device</c>).
/// </remarks>
public static class MemoryDevice
{
    private const ulong NotifyDeviceCheck = 1;
    private const ulong PresentEnabledShownWorking = 0x0F;

    /// <summary>The device, for the scope <c>\_SB</c>; not there at first.</summary>
    /// <param name="name">One segment.</param>
    /// <param name="uid">Its number among memory devices.</param>
    /// <param name="range">Host-physical, a multiple of Linux's memory blocks (128 MiB, 2 GiB on large machines).</param>
    /// <param name="proximityDomain">The node, as in the SRAT.</param>
    /// <param name="acknowledgement">Where <c>_EJ0</c> stores <paramref name="uid"/>, once Linux has let go of the memory.</param>
    public static AmlTerm Term(string name, uint uid, PhysicalRange range, uint proximityDomain, AmlTerm acknowledgement) => Device(
        name,
        Name("_HID", EisaId("PNP0C80")),
        Name("_UID", Number(uid)),
        Name("_PXM", Number(proximityDomain)),
        Name("_CRS", ResourceTemplate(AmlResource.DeviceMemory(range))),
        Name("PRES", Zero),
        Method("_STA", 0, If(Path("PRES"), Return(Number(PresentEnabledShownWorking))), Return(Zero)),
        Method("_EJ0", 1, Store(Zero, Path("PRES")), Store(Number(uid), acknowledgement)),
        Method("PLUG", 0, Store(One, Path("PRES")), Notify(Path(name), Number(NotifyDeviceCheck))));
}
