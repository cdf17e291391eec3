using System.Text;
using Parker.Partition;

namespace Parker.ControlFs.Tree;

/// <summary>Contents that are made once, so that reading them allocates nothing.</summary>
internal static class StaticText
{
    private static readonly ReadOnlyMemory<byte>[] States =
        [.. Enum.GetValues<PartitionState>().Order().Select(state => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(WordOf(state) + "\n"))];

    /// <summary>What <c>state</c> reads before a partition is defined.</summary>
    public static ReadOnlyMemory<byte> Draft { get; } = "draft\n"u8.ToArray();

    /// <summary>What <c>online</c> reads where the kernel runs.</summary>
    public static ReadOnlyMemory<byte> Online { get; } = "1\n"u8.ToArray();

    /// <summary>What <c>online</c> reads where no kernel runs.</summary>
    public static ReadOnlyMemory<byte> Offline { get; } = "0\n"u8.ToArray();

    /// <summary>What <c>state</c> reads.</summary>
    public static ReadOnlyMemory<byte> Of(PartitionState state) => States[(int)state];

    /// <summary>A state in small letters, as every door says it.</summary>
    public static string WordOf(PartitionState state) => state.ToString().ToLowerInvariant();
}
