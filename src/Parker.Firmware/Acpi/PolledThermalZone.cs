using Parker.Firmware.Aml;
using Parker.Machine;
using Parker.Partition;
using static Parker.Firmware.Aml.AmlCode;

namespace Parker.Firmware.Acpi;

/// <summary>A thermal zone that measures nothing: the kernel's polling of it runs code of ours once a second.</summary>
/// <remarks>
/// <c>_TMP</c> counts the heartbeat, acknowledges the command word, and answers a command to shut down with a temperature above <c>_CRT</c>, upon which the
/// kernel powers off in order. Temperatures in tenths of a kelvin, <c>_TZP</c> in tenths of a second.
/// </remarks>
internal static class PolledThermalZone
{
    private const uint Normal = 2982;
    private const uint Critical = 3732;
    private const uint AboveCritical = 4232;
    private const uint PollingPeriod = 10;

    /// <summary>The region of the header page with its words, and the zone.</summary>
    /// <param name="headerPage">Host-physical.</param>
    /// <param name="statements">What each poll does besides.</param>
    public static IEnumerable<AmlTerm> Terms(PhysicalAddress headerPage, IReadOnlyList<AmlTerm> statements)
    {
        ByteSize first = HeaderPageLayout.Heartbeat;
        return
        [
            OperationRegion(
                "HDRP",
                AmlRegionSpace.SystemMemory,
                Number((headerPage + first).Value),
                Number((HeaderPageLayout.CommandAcknowledgement - first).Bytes + 4)),
            Field("HDRP", AmlFieldAccess.DWord, Words(("BEAT", first), ("CMND", HeaderPageLayout.Command), ("CACK", HeaderPageLayout.CommandAcknowledgement))),
            ThermalZone(
                "THRM",
                Name("_TZP", Number(PollingPeriod)),
                Name("_CRT", Number(Critical)),
                Method(
                    "_TMP",
                    0,
                    [
                        Add(Path("BEAT"), One, Path("BEAT")),
                        .. statements,
                        Store(Path("CMND"), Local(0)),
                        Store(Local(0), Path("CACK")),
                        If(LEqual(Local(0), Number((ulong)HeaderCommand.ShutDown)), Return(Number(AboveCritical))),
                        Return(Number(Normal)),
                    ])),
        ];
    }

    // 32-bit words at ascending offsets of the header page, the first at the region's start.
    private static IEnumerable<AmlFieldUnit> Words(params (string Name, ByteSize Offset)[] words)
    {
        ByteSize at = words[0].Offset;
        foreach ((string name, ByteSize offset) in words)
        {
            if (offset > at)
            {
                yield return AmlFieldUnit.Reserved((int)(offset - at).Bytes * 8);
            }

            yield return AmlFieldUnit.Named(name, 32);
            at = offset + new ByteSize(4);
        }
    }
}
