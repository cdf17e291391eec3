using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Parker.Machine;
using Parker.Planning.Installation;

namespace Parker.Cli.Installation;

/// <summary><c>--pool SIZE | NODE=SIZE,...</c></summary>
internal static class PoolOption
{
    /// <summary>Makes the option; its value is null where it is not given.</summary>
    public static Option<IReadOnlyList<PoolWish>?> Create() => new("--pool")
    {
        Description = "How much memory the Boot Kernel is to keep out of: a size, or up to three ranges, each on a NUMA node that may be named. Without it no boot loader is touched.",
        HelpName = "[NODE=]SIZE,...",
        CustomParser = Parse,
    };

    private static List<PoolWish>? Parse(ArgumentResult result)
    {
        List<PoolWish> wishes = [];
        foreach (string part in result.Tokens[0].Value.Split(','))
        {
            string[] words = part.Split('=', 2);
            int node = 0;
            if (!ByteSize.TryParse(words[^1], CultureInfo.InvariantCulture, out ByteSize size)
                || size.Bytes == 0
                || (words.Length == 2 && !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out node)))
            {
                result.AddError($"'{part}' is no size of memory: write 64G, or 0=64G for node 0.");
                return null;
            }

            wishes.Add(new PoolWish(words.Length == 2 ? node : null, size));
        }

        return wishes;
    }
}
