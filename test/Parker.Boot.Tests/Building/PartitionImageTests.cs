using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Parker.Boot.Building;
using Parker.Boot.Kernels;
using Parker.Boot.Tests.Kernels;
using Parker.Firmware.MemoryMaps;
using Parker.Goldens;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Partition.Tests.Plans;

namespace Parker.Boot.Tests.Building;

public sealed class PartitionImageTests : IDisposable
{
    private static readonly Guid BootId = new("00112233-4455-6677-8899-aabbccddeeff");
    private readonly string _path = Path.GetTempFileName();
    private readonly SafeFileHandle _file;
    private readonly KernelImage _kernel;
    private readonly DiagnosticBag _diagnostics = [];

    public PartitionImageTests()
    {
        File.WriteAllBytes(_path, new ImageBuilder().Build());
        _file = File.OpenHandle(_path);
        _kernel = KernelImage.TryRead(_file, "/boot/vmlinuz", _diagnostics)!;
    }

    public static TheoryData<string> Plans { get; } = ["small", "large"];

    [Theory]
    [MemberData(nameof(Plans))]
    public void Image_of_a_partition_is_what_the_golden_says(string name)
    {
        PartitionImage image = Build(name);

        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"entry {image.Memory.Entry}, start vector 0x{image.Memory.StartVector:x2}, park vector 0x{image.Memory.ParkVector:x2}, header page {image.Memory.HeaderPage}\n\nsegments\n");
        foreach (MemorySegment segment in image.Memory.Segments)
        {
            text.Append(CultureInfo.InvariantCulture, $"{segment.Range,-27} {segment.Owner,-17} {segment.Purpose}\n");
        }

        text.Append("\nwhat the kernel sees\n");
        foreach (AddressMapEntry entry in image.Layout.AddressMap)
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry.Range,-27} {entry.Kind,-15} {entry.Purpose}\n");
        }

        text.Append("\ne820\n");
        foreach (E820Entry entry in image.Description.E820)
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry.Range,-27} {entry.Type}\n");
        }

        text.Append("\nboot_params, where it is not zero\n");
        AppendBytes(text, image.BootParameters.Span[..0x2d0]);
        GoldenFile.AssertEqual($"test/Parker.Boot.Tests/Goldens/image-{name}.txt", text.ToString());
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Segments_are_ascending_disjoint_and_within_the_partition(string name)
    {
        PartitionImage image = Build(name);
        PartitionPlan plan = Plan(name);

        PhysicalRangeSet own = PhysicalRangeSet.Of([plan.PrimaryRange, LowSlotLayout.OwnRange(plan.LowSlot)]);
        Assert.Equal(image.Memory.Segments.OrderBy(segment => segment.Address), image.Memory.Segments);
        Assert.Equal(image.Memory.TotalLength, PhysicalRangeSet.Of(image.Memory.Segments.Select(segment => segment.Range)).TotalLength);
        Assert.All(image.Memory.Segments, segment => Assert.Contains(own, range => range.Contains(segment.Range)));
    }

    [Fact]
    public void Header_page_carries_its_checksum_boot_id_name_and_hashes()
    {
        byte[] page = Bytes(Build("small"), "header page");

        Assert.Equal("PARKERHP", Encoding.ASCII.GetString(page, 0, 8));
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan((int)HeaderPageLayout.Checksum.Bytes));
        page.AsSpan((int)HeaderPageLayout.Checksum.Bytes, 4).Clear();
        Assert.Equal(Crc32.HashToUInt32(page.AsSpan(0, 0x100)), checksum);
        Assert.Equal("00112233445566778899AABBCCDDEEFF", Convert.ToHexString(page.AsSpan(0x10, 16)));
        Assert.Equal("small", Encoding.ASCII.GetString(page, 0x20, 32).TrimEnd('\0'));
        Assert.Equal(77L, BinaryPrimitives.ReadInt64LittleEndian(page.AsSpan(0x40)));
        Assert.Equal(XxHash128.HashToUInt128("console=ttyS0"u8), BinaryPrimitives.ReadUInt128BigEndian(page.AsSpan(0x70)));
        Assert.All(page[0x80..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Boot_params_lead_to_everything()
    {
        PartitionImage image = Build("large");
        boot_params parameters = MemoryMarshal.Read<boot_params>(image.BootParameters.Span);

        Assert.Equal(image.Layout.Acpi.Start.Value, parameters.acpi_rsdp_addr);
        Assert.Equal(image.Layout.CommandLine.Start.Value, Join(parameters.hdr.cmd_line_ptr, parameters.ext_cmd_line_ptr));
        Assert.Equal(image.Layout.Initrd.Start.Value, Join(parameters.hdr.ramdisk_image, parameters.ext_ramdisk_image));
        Assert.Equal(image.Layout.Initrd.Length.Bytes, Join(parameters.hdr.ramdisk_size, parameters.ext_ramdisk_size));
        Assert.Equal(image.Layout.UefiData.Start.Value, Join(parameters.efi_info.efi_systab, parameters.efi_info.efi_systab_hi));
        Assert.Equal(image.Layout.EfiMemoryMap.Start.Value, Join(parameters.efi_info.efi_memmap, parameters.efi_info.efi_memmap_hi));
        Assert.Equal(48u, parameters.efi_info.efi_memdesc_size);
        Assert.Equal(image.Layout.AddressMap.Count * 48, (int)parameters.efi_info.efi_memmap_size);
        Assert.Equal(0xff, parameters.hdr.type_of_loader);
        Assert.Equal(0, parameters.sentinel);
        Assert.Equal(image.Description.E820.Count, parameters.e820_entries);
        for (int index = 0; index < parameters.e820_entries; index++)
        {
            boot_e820_entry entry = parameters.e820_table[index];
            Assert.Equal(image.Description.E820[index], new E820Entry(new PhysicalRange(new PhysicalAddress(entry.addr), new ByteSize(entry.size)), (E820Type)entry.type));
        }
    }

    [Fact]
    public void Huge_initrd_is_not_read_while_the_image_is_built()
    {
        Unreadable initrd = new(ByteSize.FromGibibytes(1));
        PartitionPlan plan = ExamplePlans.Small with { Memory = [new PartitionMemory(new PhysicalRange(new PhysicalAddress(0x100000000), ByteSize.FromGibibytes(2)), 0)] };
        ImageInputs inputs = new(_kernel, initrd, "", new ImageHashes(0, 0, 0), BootId, 0, new DateOnly(2026, 1, 2));
        PartitionImage.TryBuild(plan, inputs, _diagnostics);

        long before = GC.GetAllocatedBytesForCurrentThread();
        PartitionImage? image = PartitionImage.TryBuild(plan, inputs, _diagnostics);

        Assert.NotNull(image);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 1 << 20);
        Assert.Same(initrd, image.Memory.Segments[^1].Content);
    }

    [Fact]
    public void Partition_too_small_for_its_image_is_refused()
    {
        PartitionPlan plan = ExamplePlans.Small with { Memory = [new PartitionMemory(new PhysicalRange(new PhysicalAddress(0x40000000), ByteSize.FromMebibytes(16)), 0)] };

        Assert.Null(PartitionImage.TryBuild(plan, Inputs(), _diagnostics));
        Assert.Equal("LAY004", Assert.Single(_diagnostics).Id);
    }

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    private static PartitionPlan Plan(string name) => name == "small" ? ExamplePlans.Small : ExamplePlans.Large;

    private static ulong Join(uint low, uint high) => low | ((ulong)high << 32);

    private static byte[] Bytes(PartitionImage image, string purpose)
    {
        SegmentContent content = Assert.Single(image.Memory.Segments, segment => segment.Purpose == purpose).Content;
        byte[] bytes = new byte[content.Length.Bytes];
        content.CopyTo(ByteSize.Zero, bytes);
        return bytes;
    }

    private static void AppendBytes(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at < bytes.Length; at += 16)
        {
            ReadOnlySpan<byte> row = bytes[at..Math.Min(at + 16, bytes.Length)];
            if (row.ContainsAnyExcept((byte)0))
            {
                text.Append(CultureInfo.InvariantCulture, $"{at:x3}  {Convert.ToHexStringLower(row)}\n");
            }
        }
    }

    private PartitionImage Build(string name) => PartitionImage.TryBuild(Plan(name), Inputs(), _diagnostics)!;

    private ImageInputs Inputs()
    {
        ByteContent initrd = new(new byte[5000]);
        return new ImageInputs(_kernel, initrd, "console=ttyS0", ImageHashes.Of(_kernel.Payload, initrd, "console=ttyS0"), BootId, 77, new DateOnly(2026, 11, 23));
    }

    private sealed class Unreadable(ByteSize length) : SegmentContent
    {
        public override ByteSize Length => length;

        public override void CopyTo(ByteSize offset, Span<byte> destination) => throw new InvalidOperationException("It was read.");
    }
}
