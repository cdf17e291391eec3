using CsCheck;
using Parker.Inspect.Tests.Synthetic;
using Parker.Inspect.Types;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Tests.Types;

public sealed class KernelTypesTests
{
    private static readonly byte[] Example = Build();

    [Fact]
    public void Fields_are_found_through_unnamed_structures_typedefs_and_paths()
    {
        KernelTypes types = KernelTypes.TryRead(Example, "test", [])!;
        Assert.Equal(64, types.SizeOf("outer"));
        Assert.Equal(new StructureField(8, 4), types.Find("outer", "plain"));
        Assert.Equal(new StructureField(20, 4), types.Find("outer", "within"));
        Assert.Equal(new StructureField(36, 4), types.Find("outer", "named.within"));
        Assert.Equal(new StructureField(48, 12), types.Find("outer", "list"));
        Assert.Null(types.Find("outer", "nothing"));
        Assert.Null(types.Find("nothing", "plain"));
        Assert.Equal(7, types.FindEnumerator("SEVEN"));
    }

    [Fact]
    public void Damaged_types_give_a_diagnostic_or_less_and_never_a_fault() => Gen.Select(Gen.Int[0, Example.Length - 1], Gen.Byte).Array[1, 8].Sample(changes =>
    {
        byte[] bytes = [.. Example];
        foreach ((int at, byte value) in changes)
        {
            bytes[at] = value;
        }

        DiagnosticBag diagnostics = [];
        KernelTypes? types = KernelTypes.TryRead(bytes, "test", diagnostics);
        types?.Find("outer", "named.within");
        types?.Find("outer", "list");
        types?.Find("outer", "nothing");
        return types is null == diagnostics.HasErrors;
    });

    private static byte[] Build()
    {
        TypeTables tables = new();
        int number = tables.Integer("int", 4);
        int named = tables.Definition("number_t", number);
        int inner = tables.Structure("", 8, ("before", number, 0), ("within", named, 4));
        int list = tables.Array(number, 3);
        tables.Structure("outer", 64, ("plain", number, 8), ("", inner, 16), ("named", inner, 32), ("list", list, 48));
        tables.Enumeration(("ONE", 1), ("SEVEN", 7));
        return tables.ToBytes();
    }
}
