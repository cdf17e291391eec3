using System.Text;
using Parker.Machine.Topology.Sources;

namespace Parker.Fixtures.Tests;

/// <summary>The made-up captures are what their makers make.</summary>
public sealed class MadeFixtureTests
{
    public static TheoryData<MachineFixture> Made => [.. MachineFixtures.Made.Keys];

    [Theory]
    [MemberData(nameof(Made), DisableDiscoveryEnumeration = true)]
    public void Capture_is_what_its_maker_makes(MachineFixture fixture)
    {
        TreeMachineSource made = MachineFixtures.Made[fixture]();
        if (MachineFixtures.Update)
        {
            fixture.Save(made);
        }

        // The entries and not the packed bytes: another version of the compressor packs the same otherwise.
        Assert.Equal(Entries(made), Entries(fixture.Open()));
    }

    private static List<string> Entries(TreeMachineSource machine)
    {
        EntryList list = new();
        machine.WriteTo(list);
        return list.Entries;
    }

    private sealed class EntryList : ICaptureSink
    {
        public List<string> Entries { get; } = [];

        public void Add(string path, CaptureEntryKind kind, ReadOnlySpan<byte> content) => Entries.Add($"{kind} {path}: {Encoding.Latin1.GetString(content)}");
    }
}
