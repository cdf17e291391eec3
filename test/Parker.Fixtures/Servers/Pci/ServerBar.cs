namespace Parker.Fixtures.Servers.Pci;

/// <summary>A BAR.</summary>
/// <param name="Index">0 to 5, or 7 to 12 for those of all virtual functions together.</param>
/// <param name="First">Its first address.</param>
/// <param name="Length">Its size.</param>
/// <param name="Is64Bit">A 64-bit prefetchable one, else 32-bit.</param>
internal readonly record struct ServerBar(int Index, ulong First, ulong Length, bool Is64Bit);
