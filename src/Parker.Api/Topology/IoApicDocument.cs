using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>An I/O APIC of the firmware's MADT table.</summary>
/// <param name="Id">Its ID.</param>
/// <param name="Address">Its registers.</param>
/// <param name="GlobalInterruptBase">Its first global system interrupt.</param>
public sealed record IoApicDocument(byte Id, string Address, uint GlobalInterruptBase)
{
    internal static IoApicDocument Of(MadtIoApic ioApic) => new(ioApic.Id, ioApic.Address.ToString(), ioApic.GlobalInterruptBase);
}
