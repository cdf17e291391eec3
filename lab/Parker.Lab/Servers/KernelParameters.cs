using System.Globalization;
using Parker.Machine;

namespace Parker.Lab.Servers;

/// <summary>What the Boot Kernel is booted with (docs/machine-facts.md, 1 and 10).</summary>
internal static class KernelParameters
{
    public static string Of(ServerSpec spec, long tscKhz)
    {
        List<string> parameters =
        [
            "console=ttyS0",
            "panic=-1",
            "no_ipi_broadcast=1",
            "msr.allow_writes=on",

            // Room for what every task and timer waits for, which tests keep where something hung.
            "log_buf_len=4M",

            // The PIT's calibration goes wrong under emulation on a busy host.
            string.Create(CultureInfo.InvariantCulture, $"tsc_early_khz={tscKhz}"),
            "tsc=reliable",
        ];
        parameters.AddRange(spec.X2apic ? ["intel_iommu=on"] : spec.Iommu ? ["intel_iommu=off", "intremap=off", "iomem=relaxed"] : ["intremap=off", "iomem=relaxed"]);
        if (spec.LowSlots > 0)
        {
            parameters.Add(MemoryMap(new PhysicalRange(ServerMemory.LowSlots, ServerMemory.LowSlot * (ulong)spec.LowSlots)));
        }

        parameters.AddRange(ServerMemory.Pool(spec).Select(MemoryMap));
        parameters.AddRange(spec.KernelParameters);
        return string.Join(' ', parameters);
    }

    private static string MemoryMap(PhysicalRange range) => $"memmap={range.Length.ToKernelParameter()}${range.Start}";
}
