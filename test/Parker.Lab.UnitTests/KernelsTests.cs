using System.Text;
using Parker.Lab.Kernels;

namespace Parker.Lab.UnitTests;

public sealed class KernelsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parker-kernels-").FullName;

    [Theory]
    [InlineData("6.12.95+deb12-amd64", "6.12.117+deb12-amd64")]
    [InlineData("6.1.0-9-amd64", "6.1.0-50-amd64")]
    [InlineData("6.12.90+deb12-amd64", "6.12.90+deb12.1-amd64")]
    [InlineData("6.1.0-009-amd64", "6.1.0-10-amd64")]
    public void Releases_are_ordered_by_their_numbers(string older, string newer)
    {
        Assert.True(ReleaseOrder.Instance.Compare(older, newer) < 0);
        Assert.True(ReleaseOrder.Instance.Compare(newer, older) > 0);
        Assert.Equal(0, ReleaseOrder.Instance.Compare(newer, newer));
    }

    [Theory]
    [InlineData("6.12.117+deb12-amd64", "6.12")]
    [InlineData("6.12.48+deb13-amd64", "6.12")]
    [InlineData("6.12.90+deb12.1-amd64", "6.12")]
    [InlineData("6.1.0-50-amd64", "6.1")]
    [InlineData("6.1.0-50-cloud-amd64", "6.1-cloud")]
    [InlineData("6.1.0-50-rt-amd64", null)]
    [InlineData("6.12.117+deb12-amd64-dbg", null)]
    [InlineData("6.12.117+deb12-amd64-unsigned", null)]
    public void Release_belongs_to_at_most_one_series(string release, string? series) =>
        Assert.Equal(series is null ? [] : [series], KernelSeries.All.Where(candidate => candidate.Has(release)).Select(candidate => candidate.Name));

    [Fact]
    public void Modules_come_after_what_they_need()
    {
        AddModule("drivers/block/disk.ko", "depends=bus-core,helper", "alias=pci:v1*");
        AddModule("drivers/bus/bus_core.ko", "depends=helper");
        AddModule("lib/helper.ko", "depends=");
        AddModule("lib/other.ko", "depends=");
        File.WriteAllText(Path.Combine(_folder, "modules.builtin"), "");
        IReadOnlyList<KernelModule> modules = new ModuleTree(_folder).WithDependencies(["disk", "unknown"]);
        Assert.Equal(["helper", "bus_core", "disk"], modules.Select(module => module.Name));
        Assert.Equal("kernel/drivers/block/disk.ko", modules[2].Path);
        Assert.Equal(["pci:v1*"], modules[2].Information.Aliases);
    }

    [Fact]
    public void Modules_that_are_built_in_are_left_out()
    {
        AddModule("drivers/block/disk.ko", "depends=bus");
        File.WriteAllText(Path.Combine(_folder, "modules.builtin"), "kernel/drivers/bus/bus.ko\n");
        Assert.Equal(["disk"], new ModuleTree(_folder).WithDependencies(["disk"]).Select(module => module.Name));
    }

    [Fact]
    public void Module_that_needs_a_missing_one_is_refused()
    {
        AddModule("drivers/block/disk.ko", "depends=bus");
        File.WriteAllText(Path.Combine(_folder, "modules.builtin"), "");
        Assert.Contains("bus", Assert.Throws<LabException>(() => new ModuleTree(_folder).WithDependencies(["disk"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Module_cut_anywhere_is_refused()
    {
        // Of the last section header, what comes after the size is never read.
        const int Unread = 64 - 0x28;
        byte[] whole = Elf("depends=a\0");
        for (int length = 0; length < whole.Length - Unread; length++)
        {
            byte[] cut = whole[..length];
            Assert.Throws<LabException>(() => ModuleInformation.Read(cut, "cut.ko"));
        }

        Assert.Equal(["a"], ModuleInformation.Read(whole, "whole.ko").Depends);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void AddModule(string path, params string[] information)
    {
        string file = Path.Combine(_folder, "kernel", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, Elf(string.Concat(information.Select(entry => entry + "\0"))));
    }

    // The header, the two sections' bytes, and the headers of the sections: names and .modinfo.
    private static byte[] Elf(string information)
    {
        byte[] names = "\0.modinfo\0\0\0\0\0\0\0"u8.ToArray();
        byte[] content = Encoding.UTF8.GetBytes(information);
        int table = 64 + names.Length + content.Length;
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write("\u007fELF\u0002\u0001\u0001"u8);
        writer.Write(new byte[0x28 - 7]);
        writer.Write((ulong)table);
        writer.Write(new byte[0x3a - 0x30]);
        writer.Write((ushort)64);
        writer.Write((ushort)2);
        writer.Write((ushort)0);
        writer.Write(names);
        writer.Write(content);
        WriteSection(0, 64, names.Length);
        WriteSection(1, 64 + names.Length, content.Length);
        return stream.ToArray();

        void WriteSection(uint name, int offset, int size)
        {
            writer.Write(name);
            writer.Write(new byte[0x18 - 4]);
            writer.Write((ulong)offset);
            writer.Write((ulong)size);
            writer.Write(new byte[64 - 0x28]);
        }
    }
}
