using Parker.Inspect.Kernels;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Logs;

/// <summary>Where the fields of the printk ring lie in one kernel, as its VMCOREINFO says.</summary>
/// <remarks>Source: <c>kernel/printk/printk_ringbuffer.h</c>; the offsets are published by <c>log_buf_vmcoreinfo_setup</c> (<c>kernel/printk/printk.c</c>).</remarks>
internal sealed record PrintkRingLayout
{
    public required int RingSize { get; init; }

    public required int CountBits { get; init; }

    public required int Descriptors { get; init; }

    public required int Infos { get; init; }

    public required int HeadId { get; init; }

    public required int TailId { get; init; }

    public required int SizeBits { get; init; }

    public required int Data { get; init; }

    public required int DescriptorSize { get; init; }

    public required int StateVariable { get; init; }

    public required int Begin { get; init; }

    public required int Next { get; init; }

    public required int InfoSize { get; init; }

    public required int Sequence { get; init; }

    public required int Time { get; init; }

    public required int TextLength { get; init; }

    public required int? Caller { get; init; }

    public required int? Subsystem { get; init; }

    public required int SubsystemLength { get; init; }

    public required int? Device { get; init; }

    public required int DeviceLength { get; init; }

    /// <summary>Takes the offsets; every field lies within its structure.</summary>
    /// <returns>Null where one is missing or impossible.</returns>
    public static PrintkRingLayout? TryCreate(VmCoreInfo info, DiagnosticBag diagnostics)
    {
        List<string> missing = [];
        int Offset(string field, int width, params string[] holders)
        {
            // Offsets add up from the outermost structure to the field.
            int sum = 0;
            foreach (string part in (string[])[.. holders, field])
            {
                if (info.FindOffset(part) is not int offset)
                {
                    missing.Add($"OFFSET({part})");
                    return 0;
                }

                sum += offset;
            }

            string outermost = (holders.Length > 0 ? holders[0] : field).Split('.')[0];
            if (sum + width > Size(outermost))
            {
                missing.Add($"OFFSET({field}) within {outermost}");
            }

            return sum;
        }

        int Size(string structure)
        {
            if (info.FindSize(structure) is int size)
            {
                return size;
            }

            missing.Add($"SIZE({structure})");
            return 0;
        }

        int infoSize = Size("printk_info");
        int? device = info.FindOffset("printk_info.dev_info");
        int subsystemLength = info.FindLength("printk_info_subsystem") ?? 0;
        int deviceLength = info.FindLength("printk_info_device") ?? 0;
        int? WithinInfo(int? offset, int length) => offset is int start && length > 0 && start + length <= infoSize ? start : null;
        PrintkRingLayout layout = new()
        {
            RingSize = Size("printk_ringbuffer"),
            CountBits = Offset("prb_desc_ring.count_bits", 4, "printk_ringbuffer.desc_ring"),
            Descriptors = Offset("prb_desc_ring.descs", 8, "printk_ringbuffer.desc_ring"),
            Infos = Offset("prb_desc_ring.infos", 8, "printk_ringbuffer.desc_ring"),
            HeadId = Offset("atomic_long_t.counter", 8, "printk_ringbuffer.desc_ring", "prb_desc_ring.head_id"),
            TailId = Offset("atomic_long_t.counter", 8, "printk_ringbuffer.desc_ring", "prb_desc_ring.tail_id"),
            SizeBits = Offset("prb_data_ring.size_bits", 4, "printk_ringbuffer.text_data_ring"),
            Data = Offset("prb_data_ring.data", 8, "printk_ringbuffer.text_data_ring"),
            DescriptorSize = Size("prb_desc"),
            StateVariable = Offset("atomic_long_t.counter", 8, "prb_desc.state_var"),
            Begin = Offset("prb_data_blk_lpos.begin", 8, "prb_desc.text_blk_lpos"),
            Next = Offset("prb_data_blk_lpos.next", 8, "prb_desc.text_blk_lpos"),
            InfoSize = infoSize,
            Sequence = Offset("printk_info.seq", 8),
            Time = Offset("printk_info.ts_nsec", 8),

            // The length is followed by a byte of facility and one of flags (5 bits) and level (3 bits), whose offsets are not published.
            TextLength = Offset("printk_info.text_len", 4),
            Caller = WithinInfo(info.FindOffset("printk_info.caller_id"), 4),
            Subsystem = WithinInfo(device + info.FindOffset("dev_printk_info.subsystem"), subsystemLength),
            SubsystemLength = subsystemLength,
            Device = WithinInfo(device + info.FindOffset("dev_printk_info.device"), deviceLength),
            DeviceLength = deviceLength,
        };
        if (missing.Count == 0)
        {
            return layout;
        }

        diagnostics.Error(
            "INS002",
            $"VMCOREINFO at {info.Address}",
            $"The kernel {info.Release} does not say where its log lies: {string.Join(", ", missing.Distinct().Take(4))} {(missing.Count > 1 ? "are" : "is")} missing or impossible.",
            "Kernels from 5.10 on say it; /dev/mem maps the memory (its addresses are in 'parker status') of older ones.");
        return null;
    }
}
