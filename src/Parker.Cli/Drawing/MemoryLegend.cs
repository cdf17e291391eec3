using System.Globalization;
using Parker.Cli.Topologies;
using Parker.Machine;

namespace Parker.Cli.Drawing;

/// <summary>What the colours of a node's memory mean, with how much there is.</summary>
internal static class MemoryLegend
{
    // A machine has a few pages that nobody uses; they are not worth a line.
    private static readonly ByteSize SmallestUnused = ByteSize.FromMebibytes(1);

    /// <summary>One entry for each user that has RAM: <c>pool 192 GiB in 2 ranges</c>.</summary>
    public static IEnumerable<(MemoryUser User, string Text)> Of(IReadOnlyList<PictureMemory> memory) =>
        memory.GroupBy(piece => piece.User).OrderBy(pieces => pieces.Key)
            .Select(pieces => (User: pieces.Key, Count: pieces.Count(), Size: pieces.Aggregate(ByteSize.Zero, (sum, piece) => sum + piece.Size)))
            .Where(entry => entry.User != MemoryUser.Nobody || entry.Size >= SmallestUnused)
            .Select(entry =>
            {
                string ranges = entry.User == MemoryUser.Pool && entry.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" in {entry.Count} ranges") : "";
                return (entry.User, $"{NameOf(entry.User)} {entry.Size.ToDisplayString()}{ranges}");
            });

    private static string NameOf(MemoryUser user) => user switch
    {
        MemoryUser.BootKernel => "Boot Kernel",
        MemoryUser.Pool => "pool",
        MemoryUser.LowSlots => "low slots",
        MemoryUser.Nobody => "unused",
        _ => "RAM",
    };
}
