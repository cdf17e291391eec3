namespace Parker.Planning.Explicit;

/// <summary>Where a wish was written, for messages: <c>file:line:column</c> each.</summary>
/// <param name="Partition">The partition as a whole.</param>
/// <param name="Cpus">Its CPUs.</param>
/// <param name="Memory">Its memory.</param>
/// <param name="Node">Its node.</param>
/// <param name="Devices">Its devices.</param>
/// <param name="Uart">Its UART.</param>
public sealed record WishPlaces(string Partition, string Cpus, string Memory, string Node, string Devices, string Uart)
{
    /// <summary>How many CPUs it may have.</summary>
    public string CpusMax { get; init; } = Cpus;

    /// <summary>How much memory it may have.</summary>
    public string MemoryMax { get; init; } = Memory;
}
