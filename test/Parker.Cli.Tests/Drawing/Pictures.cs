using CsCheck;
using Parker.Api.Topology;
using Parker.Cli.Drawing;
using Parker.Cli.Topologies;
using Parker.Machine;

namespace Parker.Cli.Tests.Drawing;

/// <summary>Pictures of machines of any size and with names of any length.</summary>
internal static class Pictures
{
    private static readonly Gen<string> Name = Gen.String[Gen.Char[' ', '~'], 0, 160];

    private static readonly Gen<IReadOnlyList<PictureThread>> Core =
        Gen.Select(Gen.Int[0, 8191], Gen.Enum<CpuState>(), (cpu, state) => new PictureThread(cpu, state, $"CPU {cpu}")).Array[1, 4].Select(threads => (IReadOnlyList<PictureThread>)threads);

    private static readonly Gen<PictureMemory> Memory = Gen.Select(
        Gen.Enum<MemoryUser>().Where(user => user != MemoryUser.Firmware),
        Gen.ULong[0, 1UL << 46],
        Gen.ULong[1, 1UL << 42],
        (user, first, size) => new PictureMemory(user, new PhysicalAddress(first), new ByteSize(size)));

    private static readonly Gen<PictureBus> Bus = Gen.Select(
        Name, Gen.Enum<GrantVerdict>(), Gen.Bool.Select(one => one ? "BUS001" : "BUS012").Array[0, 12], (content, verdict, reasons) => new PictureBus("0000:81-ff", content, verdict, reasons));

    private static readonly Gen<PictureNode> Node = Gen.Select(
        Name,
        Gen.Select(Gen.Bool.Select(known => known ? "L3 32 MiB" : ""), Core.Array[1, 40], (label, cores) => new PictureCores(label, cores)).Array[0, 10],
        Memory.Array[0, 12],
        Bus.Array[0, 20],
        (detail, cores, memory, buses) => new PictureNode("Node 12", detail, cores, memory, buses));

    /// <summary>Any picture.</summary>
    public static Gen<MachinePicture> Any { get; } = Gen.Select(Name, Name, Node.Array[0, 5], (title, detail, nodes) => new MachinePicture(title, detail, nodes));
}
