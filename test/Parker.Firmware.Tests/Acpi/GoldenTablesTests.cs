using Parker.Firmware.Acpi;
using Parker.Goldens;

namespace Parker.Firmware.Tests.Acpi;

/// <summary>Every table of the examples stands as source in Goldens: it is what iasl says of our bytes, and iasl makes our bytes of it.</summary>
public sealed class GoldenTablesTests
{
    public static TheoryData<string, string> Tables
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string name in new[] { "small", "large", "elastic" })
            {
                foreach (AcpiTableBlob table in ExamplePlans.Tables(name).Tables.Skip(1))
                {
                    data.Add(name, table.Signature);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Table_disassembles_without_a_remark_and_compiles_to_the_same_bytes(string name, string signature)
    {
        AcpiTableBlob table = ExamplePlans.Table(name, signature);
        Assert.Equal(Iasl.WithoutCreator(table.Bytes), Iasl.WithoutCreator(Iasl.Compile(Iasl.Disassemble(table.Bytes))));
    }

    // Versions of iasl word some fields differently, so it is the bytes of the golden source that are compared, and the text where they differ.
    [Theory]
    [MemberData(nameof(Tables))]
    public void Table_is_what_its_golden_source_says(string name, string signature)
    {
        AcpiTableBlob table = ExamplePlans.Table(name, signature);
        string path = $"test/Parker.Firmware.Tests/Goldens/{name}/{signature}.dsl";
        string golden = Path.Combine(GoldenFile.Root, path);
        if (Environment.GetEnvironmentVariable("PARKER_UPDATE_GOLDEN") == "1" || !File.Exists(golden)
            || !Iasl.WithoutCreator(Iasl.Compile(File.ReadAllText(golden))).AsSpan().SequenceEqual(Iasl.WithoutCreator(table.Bytes)))
        {
            string origin = $"/* The {signature} of the partition '{name}' in ExamplePlans.cs, as iasl disassembles it, without its comments. */\n\n";
            GoldenFile.AssertEqual(path, origin + Iasl.Disassemble(table.Bytes));
        }
    }
}
