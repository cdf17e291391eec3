using System.Buffers.Binary;
using System.Text;

namespace Parker.Lab.Kernels;

/// <summary>What a module's <c>.modinfo</c> section says.</summary>
/// <param name="Depends">The modules that it needs, by name.</param>
/// <param name="Aliases">The devices that it is for, as patterns.</param>
public sealed record ModuleInformation(IReadOnlyList<string> Depends, IReadOnlyList<string> Aliases)
{
    // ELF-64: section header table at 0x28, entry size at 0x3a, count at 0x3c, index of the names at 0x3e; in a section header the name at 0, offset at 0x18, size at 0x20.
    private const int MinHeader = 0x40;

    /// <summary>Reads an ELF-64 file.</summary>
    /// <exception cref="LabException">It is none, or is cut.</exception>
    public static ModuleInformation Read(ReadOnlySpan<byte> elf, string path)
    {
        try
        {
            if (elf.Length >= MinHeader && elf.StartsWith("\u007fELF\u0002"u8))
            {
                int table = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(elf[0x28..]));
                int size = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3a..]);
                int count = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3c..]);
                ReadOnlySpan<byte> names = Section(elf, table + (BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3e..]) * size));
                for (int i = 0; i < count; i++)
                {
                    int header = table + (i * size);
                    ReadOnlySpan<byte> name = names[(int)BinaryPrimitives.ReadUInt32LittleEndian(elf[header..])..];
                    if (name.StartsWith(".modinfo\0"u8))
                    {
                        return Parse(Encoding.UTF8.GetString(Section(elf, header)));
                    }
                }
            }
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw new LabException($"{path} is no whole kernel module: {e.Message}", e);
        }

        throw new LabException($"{path} is no kernel module: it has no section .modinfo.");
    }

    private static ReadOnlySpan<byte> Section(ReadOnlySpan<byte> elf, int header) => elf.Slice(
        checked((int)BinaryPrimitives.ReadUInt64LittleEndian(elf[(header + 0x18)..])), checked((int)BinaryPrimitives.ReadUInt64LittleEndian(elf[(header + 0x20)..])));

    private static ModuleInformation Parse(string section)
    {
        string[] entries = section.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return new ModuleInformation(
            [.. Values("depends=").SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries))],
            [.. Values("alias=")]);

        IEnumerable<string> Values(string key) => entries.Where(entry => entry.StartsWith(key, StringComparison.Ordinal)).Select(entry => entry[key.Length..]);
    }
}
