using CsCheck;
using Parker.Cli.Drawing;
using Parker.Cli.Topologies;
using Parker.Machine;

namespace Parker.Cli.Tests.Drawing;

public sealed class MemoryBarTests
{
    [Fact]
    public void Bar_is_full_unless_the_pool_has_more_pieces_than_units() =>
        Gen.Select(
            Gen.Select(Gen.Bool.Select(pool => pool ? MemoryUser.Pool : MemoryUser.BootKernel), Gen.ULong[1, 1UL << 44], (user, size) => Piece(user, size)).Array[1, 30],
            Gen.Int[30, 200])
        .Sample((memory, length) => MemoryBar.Divide(memory, length).Sum(piece => piece.Units) == length);

    [Fact]
    public void Bar_without_memory_is_empty() => Assert.Empty(MemoryBar.Divide([], 80));

    [Fact]
    public void Bar_shows_a_small_pool_in_a_large_machine() =>
        Assert.Equal(
            [(MemoryUser.BootKernel, 79), (MemoryUser.Pool, 1)],
            MemoryBar.Divide([Piece(MemoryUser.BootKernel, 1UL << 40), Piece(MemoryUser.Pool, 1UL << 28)], 80).Select(piece => (piece.Memory.User, piece.Units)));

    [Fact]
    public void Bar_leaves_out_what_is_less_than_half_a_unit() =>
        Assert.Equal([80], MemoryBar.Divide([Piece(MemoryUser.LowSlots, 1UL << 18), Piece(MemoryUser.BootKernel, 1UL << 40)], 80).Select(piece => piece.Units));

    [Fact]
    public void Bar_divides_by_size() =>
        Assert.Equal([60, 20], MemoryBar.Divide([Piece(MemoryUser.BootKernel, 3UL << 30), Piece(MemoryUser.Pool, 1UL << 30)], 80).Select(piece => piece.Units));

    private static PictureMemory Piece(MemoryUser user, ulong bytes) => new(user, PhysicalAddress.Zero, new ByteSize(bytes));
}
