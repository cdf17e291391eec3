namespace Parker.Architecture.Tests;

public sealed class RoomsTableTests
{
    internal const string Sample = """
        # Title

        | another | table |
        | --- | --- |
        | `src/Parker.No` | x |

        | project | holds | may use (direct references; all else is an error) |
        | --- | --- | --- |
        | `src/Parker.Machine` | values | - |
        | `src/Parker.Boot` | images, stubs | Machine |
        | `src/Parker.Linux` | `unsafe` | Machine |
        | `src/Parker.Cli` | the program | Boot, Linux |
        | `lab/Parker.Lab` | servers | Machine, Boot (cpio) |
        | `test/*`, `bench/*` | mirror | |

        | `src/Parker.After` | no row | - |
        """;

    [Fact]
    public void Parse_gives_rooms_and_what_they_may_use()
    {
        RoomsTable rooms = RoomsTable.Parse(Sample);
        Assert.Equal(["src/Parker.Machine", "src/Parker.Boot", "src/Parker.Linux", "src/Parker.Cli", "lab/Parker.Lab"], rooms.Rooms);
        Assert.Empty(rooms.MayUse("src/Parker.Machine")!);
        Assert.Equal(["Parker.Machine", "Parker.Boot"], rooms.MayUse("lab/Parker.Lab")!);
        Assert.Null(rooms.MayUse("src/Parker.After"));
        Assert.Equal(["Parker.Boot", "Parker.Cli", "Parker.Linux", "Parker.Machine"], rooms.Below("Parker.Cli").Order());
        Assert.Empty(rooms.Below("Parker.Smoke"));
    }

    [Theory]
    [InlineData("# No table\n")]
    [InlineData("| project | holds | may use |\n| --- | --- | --- |\n| `src/A` | x |\n")]
    [InlineData("| project | holds | may use |\n| --- | --- | --- |\n| `src/Parker.A` | x | - |\n| `src/Parker.A` | x | - |\n")]
    [InlineData("| project | holds | may use |\n| --- | --- | --- |\n| `src/Parker.A` | x | Absent |\n")]
    public void Parse_bad_table_is_refused(string markdown) => Assert.Throws<FormatException>(() => RoomsTable.Parse(markdown));
}
