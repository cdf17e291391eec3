using System.Buffers.Binary;
using System.Text;
using Parker.Firmware.Smbios;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Firmware.Tests.Smbios;

public sealed class SmbiosTableTests
{
    private static readonly Guid BootId = new("00112233-4455-6677-8899-aabbccddeeff");
    private readonly byte[] _table = SmbiosTable.Build(new PhysicalAddress(0x40004000), PartitionName.Parse("db"), BootId, new DateOnly(2026, 11, 23));

    [Fact]
    public void Entry_point_sums_to_zero_and_leads_to_the_structures()
    {
        Assert.Equal("_SM3_", Encoding.ASCII.GetString(_table, 0, 5));
        Assert.Equal(0, _table[..24].Sum(value => value) & 0xFF);
        Assert.Equal((uint)(_table.Length - 32), BinaryPrimitives.ReadUInt32LittleEndian(_table.AsSpan(12)));
        Assert.Equal(0x40004020UL, BinaryPrimitives.ReadUInt64LittleEndian(_table.AsSpan(16)));
    }

    [Fact]
    public void Structures_say_what_the_partition_is()
    {
        List<(byte[] Structure, string[] Strings)> structures = Walk(_table[32..]);

        Assert.Equal([0, 1, 127], structures.Select(structure => (int)structure.Structure[0]));
        Assert.Equal(["Parker", "1", "11/23/2026"], structures[0].Strings);
        Assert.Equal(["Parker", "Parker partition", "1", "db", "db", "Parker"], structures[1].Strings);
        Assert.Equal(BootId, new Guid(structures[1].Structure.AsSpan(8, 16)));
        Assert.Equal(0x08, structures[0].Structure[0x13]);
        Assert.Empty(structures[2].Strings);
    }

    [Fact]
    public void Date_names_a_year_that_lets_the_kernel_use_ecam_above_4_gib()
    {
        string date = Walk(_table[32..])[0].Strings[Walk(_table[32..])[0].Structure[8] - 1];

        Assert.True(int.Parse(date[6..], System.Globalization.CultureInfo.InvariantCulture) >= 2010);
    }

    private static List<(byte[] Structure, string[] Strings)> Walk(byte[] bytes)
    {
        List<(byte[], string[])> structures = [];
        while (bytes.Length > 0)
        {
            byte[] structure = bytes[..bytes[1]];
            int end = bytes.AsSpan(bytes[1]).IndexOf(new byte[] { 0, 0 });
            structures.Add((structure, Encoding.ASCII.GetString(bytes, bytes[1], end).Split('\0', StringSplitOptions.RemoveEmptyEntries)));
            bytes = bytes[(bytes[1] + end + 2)..];
        }

        return structures;
    }
}
