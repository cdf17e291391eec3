using System.Diagnostics;
using Iced.Intel;

namespace Parker.Boot.Stubs;

/// <summary>Assembles a piece of a stub to its place in a page.</summary>
internal static class StubCode
{
    /// <summary>Assembles <paramref name="write"/> to <paramref name="page"/>.</summary>
    /// <param name="page">The stub.</param>
    /// <param name="start">The piece's offset in the page.</param>
    /// <param name="end">Where the next piece begins.</param>
    /// <param name="bitness">16, 32 or 64.</param>
    /// <param name="origin">The page's address as this piece sees it: 0 in real mode, where CS points to the page.</param>
    /// <param name="write">Writes the instructions.</param>
    /// <returns>The piece's length.</returns>
    public static int Place(Span<byte> page, int start, int end, int bitness, ulong origin, Action<Assembler> write)
    {
        Assembler assembler = new(bitness);
        write(assembler);
        using MemoryStream stream = new();
        assembler.Assemble(new StreamCodeWriter(stream), origin + (ulong)start);
        Debug.Assert(start + stream.Length <= end, "The piece does not reach into the next.");
        stream.ToArray().CopyTo(page[start..end]);
        return (int)stream.Length;
    }
}
