using System.Globalization;
using System.Text;
using Parker.Inspect.Addressing;
using Parker.Machine;

namespace Parker.Inspect.Kernels;

/// <summary>What a kernel says of itself for whoever reads its memory: lines of text in one page.</summary>
/// <remarks>
/// Source: <c>kernel/vmcore_info.c</c> (before 6.9 <c>kernel/crash_core.c</c>) and <c>arch/x86/kernel/vmcore_info_64.c</c>; Documentation/admin-guide/kdump/vmcoreinfo.rst.
/// <code>
/// OSRELEASE=6.12.95-amd64
/// SYMBOL(prb)=ffffffffa2a6c0a8
/// SIZE(printk_info)=88
/// OFFSET(printk_info.ts_nsec)=8
/// LENGTH(printk_info_device)=48
/// NUMBER(phys_base)=5066719232
/// KERNELOFFSET=20600000
/// </code>
/// </remarks>
public sealed class VmCoreInfo
{
    /// <summary>How the text begins.</summary>
    public const string Beginning = "OSRELEASE=";

    private const int MostLines = 1024;

    private readonly Dictionary<string, string> _values;

    private VmCoreInfo(string text, Dictionary<string, string> values, PhysicalAddress address)
    {
        Text = text;
        _values = values;
        Address = address;
    }

    /// <summary>The text as it lies in memory.</summary>
    public string Text { get; }

    /// <summary>Where the page is.</summary>
    public PhysicalAddress Address { get; }

    /// <summary>The kernel's release, as <c>uname -r</c> gives it.</summary>
    public string Release => Find("OSRELEASE") ?? "";

    /// <summary>The build ID, hexadecimal; null before 5.15.</summary>
    public string? BuildId => Find("BUILD-ID");

    /// <summary>How far the kernel's addresses were moved by KASLR; null where it does not say.</summary>
    public ulong? KernelOffset => ulong.TryParse(Find("KERNELOFFSET"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong offset) ? offset : null;

    /// <summary>What is added to an address of the image, taken from its link base, to get the physical one.</summary>
    public long? PhysicalBase => FindNumber("phys_base");

    /// <summary>Whether page tables have five levels.</summary>
    public bool HasFiveLevels => FindNumber("pgtable_l5_enabled") == 1;

    /// <summary>The bits of page table entries that stand for encryption.</summary>
    public ulong EncryptionMask => unchecked((ulong)(FindNumber("sme_mask") ?? 0));

    /// <summary>The kernel's highest page table.</summary>
    public VirtualAddress? PageTableRoot => FindSymbol("init_top_pgt") ?? FindSymbol("swapper_pg_dir");

    /// <summary>Reads the text.</summary>
    /// <param name="page">The bytes of the page, or more; the text ends at the first NUL.</param>
    /// <param name="address">Where it was read.</param>
    /// <returns>Null where it does not begin as it must or does not hold lines of such text.</returns>
    public static VmCoreInfo? TryParse(ReadOnlySpan<byte> page, PhysicalAddress address)
    {
        int end = page.IndexOf((byte)0);
        ReadOnlySpan<byte> bytes = end < 0 ? page : page[..end];
        if (!bytes.StartsWith("OSRELEASE="u8) || bytes.ContainsAnyExceptInRange((byte)'\n', (byte)'~'))
        {
            return null;
        }

        string text = Encoding.ASCII.GetString(bytes);
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (string line in text.Split('\n', MostLines))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                values.TryAdd(line[..equals], line[(equals + 1)..]);
            }
        }

        return new VmCoreInfo(text, values, address);
    }

    /// <summary>The value of a line by the whole name before its <c>=</c>.</summary>
    public string? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>The address of a symbol that the text names.</summary>
    public VirtualAddress? FindSymbol(string name) =>
        ulong.TryParse(Find($"SYMBOL({name})"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong address) && address != 0 ? new VirtualAddress(address) : null;

    /// <summary>The size of a structure in bytes.</summary>
    public int? FindSize(string structure) => FindCount($"SIZE({structure})");

    /// <summary>Where a field lies in its structure, in bytes.</summary>
    /// <param name="field">As <c>printk_info.seq</c>.</param>
    public int? FindOffset(string field) => FindCount($"OFFSET({field})");

    /// <summary>The number of elements of an array.</summary>
    public int? FindLength(string array) => FindCount($"LENGTH({array})");

    /// <summary>A number; those above 2^63 come as negative ones, as the kernel writes some.</summary>
    public long? FindNumber(string name)
    {
        string? text = Find($"NUMBER({name})");
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong large) ? unchecked((long)large)
            : null;
    }

    // No structure of the kernel that is read here is anywhere near this large.
    private int? FindCount(string name) =>
        int.TryParse(Find(name), NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count <= 1 << 20 ? count : null;
}
