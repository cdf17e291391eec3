using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Watching;

/// <summary>The words of a header page at one moment. A kernel wrote them: any value is possible.</summary>
/// <param name="StartMark">What the start stub wrote there.</param>
/// <param name="VirtualMapMark">1 once SetVirtualAddressMap was called.</param>
/// <param name="ResetWord">0x100 + EFI_RESET_TYPE once ResetSystem was called, else 0.</param>
/// <param name="ResetStatus">The low 32 bits of the status given with it.</param>
/// <param name="Heartbeat">The count of the thermal zone's polls.</param>
/// <param name="CommandAcknowledgement">The last command that the thermal zone took.</param>
public readonly record struct HeaderObservation(
    uint StartMark,
    uint VirtualMapMark,
    uint ResetWord,
    uint ResetStatus,
    uint Heartbeat,
    uint CommandAcknowledgement)
{
    /// <summary>Reads the words.</summary>
    /// <param name="memory">Maps the header page.</param>
    /// <param name="headerPage">Its address, host-physical.</param>
    public static HeaderObservation Read(IMappedMemory memory, PhysicalAddress headerPage)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return new HeaderObservation(
            memory.ReadUInt32(headerPage + HeaderPageLayout.StartMark),
            memory.ReadUInt32(headerPage + HeaderPageLayout.VirtualMapMark),
            memory.ReadUInt32(headerPage + HeaderPageLayout.ResetWord),
            memory.ReadUInt32(headerPage + HeaderPageLayout.ResetStatus),
            memory.ReadUInt32(headerPage + HeaderPageLayout.Heartbeat),
            memory.ReadUInt32(headerPage + HeaderPageLayout.CommandAcknowledgement));
    }
}
