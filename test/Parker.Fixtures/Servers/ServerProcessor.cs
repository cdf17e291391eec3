namespace Parker.Fixtures.Servers;

/// <summary>The processor of a made-up server, as <c>/proc/cpuinfo</c> has it.</summary>
internal sealed record ServerProcessor
{
    public required string Vendor { get; init; }

    public required int Family { get; init; }

    public required int Model { get; init; }

    public required string ModelName { get; init; }

    public required int Stepping { get; init; }

    public required string Microcode { get; init; }

    /// <summary>Also the frequency of its time stamp counter.</summary>
    public required decimal Megahertz { get; init; }

    public required string CacheSize { get; init; }

    public required int CoresPerPackage { get; init; }

    public required int CpuidLevel { get; init; }

    public required string Flags { get; init; }

    public required string Bugs { get; init; }

    public required int PhysicalBits { get; init; }

    public required int VirtualBits { get; init; }

    public required IReadOnlyList<ServerCache> Caches { get; init; }
}
