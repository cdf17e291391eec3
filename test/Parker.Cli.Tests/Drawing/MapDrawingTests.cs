using CsCheck;
using Parker.Api.Topology;
using Parker.Cli.Drawing;
using Parker.Cli.Topologies;
using Parker.Machine;

namespace Parker.Cli.Tests.Drawing;

public sealed class MapDrawingTests
{
    [Fact]
    public void Map_of_any_machine_fits_the_columns() => Pictures.Any.Sample(picture => Draw(picture).All(line => line.Length <= MapDrawing.Width));

    [Fact]
    public void Map_names_every_cpu_and_every_bus_that_can_be_granted()
    {
        string map = string.Join('\n', Draw(Small));
        Assert.Contains("[0* (2)] [1 3]", map, StringComparison.Ordinal);
        Assert.Contains("[0000:01 NVM Express] [0000:02 Ethernet +IOMMU]", map, StringComparison.Ordinal);
        Assert.Contains("1 with devices cannot be granted: BUS003 (1)", map, StringComparison.Ordinal);
        Assert.Contains("▒ Boot Kernel 3 GiB  █ pool 1 GiB", map, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_legend_explains_only_what_is_drawn()
    {
        string all = Draw(Small)[^1];
        Assert.Contains("(..) offline", string.Join(' ', Draw(Small)), StringComparison.Ordinal);
        Assert.NotEmpty(all);
        string none = string.Join('\n', Draw(new MachinePicture("m", "d", [])));
        Assert.DoesNotContain("offline", none, StringComparison.Ordinal);
        Assert.DoesNotContain("granted", none, StringComparison.Ordinal);
    }

    /// <summary>Two cores, a pool, and a bus of each verdict.</summary>
    internal static MachinePicture Small { get; } = new(
        "Small <machine> & \"co\"",
        "1 package",
        [
            new PictureNode(
                "Node 0",
                "package 0",
                [new PictureCores("L3 1 MiB", [[new(0, CpuState.Stays, "CPU 0"), new(2, CpuState.Offline, "CPU 2")], [new(1, CpuState.Online, "CPU 1"), new(3, CpuState.Online, "CPU 3")]])],
                [
                    new PictureMemory(MemoryUser.BootKernel, PhysicalAddress.Zero, ByteSize.FromGibibytes(3)),
                    new PictureMemory(MemoryUser.Pool, PhysicalAddress.FourGibibytes, ByteSize.FromGibibytes(1)),
                ],
                [
                    new PictureBus("0000:01", "NVM Express", GrantVerdict.Yes, []),
                    new PictureBus("0000:02", "Ethernet", GrantVerdict.WithIommuUnit, ["BUS012"]),
                    new PictureBus("0000:03", "SATA controller", GrantVerdict.No, ["BUS003"]),
                ]),
        ]);

    private static string[] Draw(MachinePicture picture)
    {
        using StringWriter output = new();
        MapDrawing.Write(picture, output);
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
