using System.Reflection;
using Parker.Fixtures.Servers;
using Parker.Machine.Topology.Sources;

namespace Parker.Fixtures;

/// <summary>The captured machines that tests and benchmarks use.</summary>
public static class MachineFixtures
{
    /// <summary>Two sockets, 256 CPUs, two PCI segments, an AMD IOMMU in each of eight root complexes; nothing prepared for partitions.</summary>
    public static MachineFixture Epyc { get; } = new("2s2n64c2t-epyc-9554");

    /// <summary>Two sockets, 512 CPUs with APIC IDs above 255, ECAM above 4 GiB, a pool on the command line.</summary>
    public static MachineFixture Xeon { get; } = new("2s3n128c2t-xeon-6980p");

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = typeof(MachineFixtures).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ParkerRoot").Value!;

    /// <summary>Where the captures lie.</summary>
    public static string Folder { get; } = Path.Combine(Root, "test", "fixtures", "machines");

    /// <summary>Those that are made up, with what makes them.</summary>
    public static IReadOnlyDictionary<MachineFixture, Func<TreeMachineSource>> Made { get; } = new Dictionary<MachineFixture, Func<TreeMachineSource>>
    {
        [Epyc] = EpycServer.Build,
        [Xeon] = XeonServer.Build,
    };

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<MachineFixture> All { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*" + MachineFixture.ArchiveEnding)
            .Select(path => new MachineFixture(Path.GetFileName(path)[..^MachineFixture.ArchiveEnding.Length]))
            .OrderBy(fixture => fixture.Name, StringComparer.Ordinal),
    ];

    /// <summary>Whether tests write what they find as what is expected (<c>PARKER_UPDATE_GOLDEN=1</c>).</summary>
    public static bool Update { get; } = Environment.GetEnvironmentVariable("PARKER_UPDATE_GOLDEN") == "1";
}
