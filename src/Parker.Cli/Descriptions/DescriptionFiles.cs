using System.Text;
using Parker.Api;
using Parker.Api.Partitions;
using Parker.Boot.Building;
using Parker.Cli.Partitions;

namespace Parker.Cli.Descriptions;

/// <summary>Makes files of what a partition's kernel is told.</summary>
internal static class DescriptionFiles
{
    /// <summary>The ending of an ACPI table's file, which <c>iasl -d</c> takes.</summary>
    public const string TableEnding = ".aml";

    /// <summary>The files.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="files">Its image; nothing of kernel and initrd is read.</param>
    public static IReadOnlyList<DescriptionFile> Of(PartitionDocument partition, ImageFiles files) =>
    [
        Text("plan.txt", "what the partition gets", output => PartitionListing.WriteStatus(partition, DateTimeOffset.UtcNow, output)),
        new("plan.json", "the same for programs", Encoding.UTF8.GetBytes(ApiJson.ToJson(partition))),
        Text("cmdline.txt", "the kernel's command line, Parker's part first", output => output.WriteLine(files.Inputs.CommandLine)),
        Text("e820.txt", "the memory map in boot_params, as the kernel prints it", output => MemoryMapListings.WriteE820(files.Image.Description.E820, output)),
        Text("efi-memory-map.txt", "the memory map of the UEFI runtime", output => MemoryMapListings.WriteEfi(files.Image.Layout.AddressMap, output)),
        Text("address-map.txt", "what lies where, and who may write to it", output => MemoryMapListings.WriteAddressMap(files.Image, output)),
        new("boot_params.bin", "the page that the kernel's entry gets", files.Image.BootParameters),
        .. files.Image.Description.Acpi.Tables.Select(table => table.Address == files.Image.Description.Acpi.Rsdp
            ? new DescriptionFile("RSDP.bin", $"ACPI root pointer at {table.Address}", table.Bytes)
            : new DescriptionFile(table.Signature + TableEnding, $"ACPI table at {table.Address}", table.Bytes)),
    ];

    private static DescriptionFile Text(string name, string content, Action<TextWriter> write)
    {
        using StringWriter text = new() { NewLine = "\n" };
        write(text);
        return new DescriptionFile(name, content, Encoding.UTF8.GetBytes(text.ToString()));
    }
}
