using Parker.Cli.Topologies;

namespace Parker.Cli.Drawing;

/// <summary>Divides a bar among the RAM of a node.</summary>
internal static class MemoryBar
{
    /// <summary>Gives each piece of the pool at least one unit, and everything else its share, in the order of addresses.</summary>
    /// <param name="memory">The RAM.</param>
    /// <param name="length">The units of the bar.</param>
    /// <returns>User and units of each piece that is drawn; the units sum up to <paramref name="length"/> where there is any RAM.</returns>
    public static IReadOnlyList<(PictureMemory Memory, int Units)> Divide(IReadOnlyList<PictureMemory> memory, int length)
    {
        double total = memory.Sum(piece => (double)piece.Size.Bytes);
        if (total == 0)
        {
            return [];
        }

        // Low slots are a few hundred KiB among many GiB: drawn, they would look like much more than they are.
        PictureMemory[] drawn = [.. memory.Where(piece => piece.User == MemoryUser.Pool || piece.Size.Bytes / total * length >= 0.5)];
        int[] units = [.. drawn.Select(piece => Math.Max(1, (int)Math.Round(piece.Size.Bytes / total * length)))];

        // Rounding leaves a rest; the largest piece takes it, where it is seen least.
        while (units.Length > 0 && units.Sum() != length)
        {
            int largest = Array.IndexOf(units, units.Max());
            int rest = length - units.Sum();
            units[largest] = Math.Max(1, units[largest] + rest);
            if (rest < 0 && units.Max() == 1)
            {
                break;
            }
        }

        return [.. drawn.Zip(units)];
    }
}
