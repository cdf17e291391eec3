using System.Formats.Tar;
using System.Text;
using Parker.Cli.Captures;
using Parker.Machine.Topology.Sources;
using ZstdSharp;

namespace Parker.Fixtures;

/// <summary>One captured machine in <c>test/fixtures/machines</c>.</summary>
/// <param name="Name">Sockets, nodes per socket, cores per socket, threads per core, then the make: <c>2s2n64c2t-epyc-9554</c>.</param>
public sealed record MachineFixture(string Name)
{
    internal const string ArchiveEnding = ".tar.zst";

    /// <summary>The capture.</summary>
    public string ArchivePath => PathOf(ArchiveEnding);

    /// <summary>The file beside the capture with that ending, such as <c>.topology.txt</c>.</summary>
    public string PathOf(string ending) => Path.Combine(MachineFixtures.Folder, Name + ending);

    /// <summary>The machine.</summary>
    public TreeMachineSource Open()
    {
        TreeMachineSource tree = new();
        using FileStream packed = File.OpenRead(ArchivePath);
        using DecompressionStream unpacked = new(packed);
        using TarReader reader = new(unpacked);
        while (reader.GetNextEntry() is TarEntry entry)
        {
            string path = entry.Name.TrimEnd('/');
            switch (entry.EntryType)
            {
                case TarEntryType.Directory:
                    tree.Add(path, CaptureEntryKind.Folder, []);
                    break;
                case TarEntryType.SymbolicLink:
                    tree.Add(path, CaptureEntryKind.Link, Encoding.UTF8.GetBytes(entry.LinkName));
                    break;
                default:
                    byte[] content = new byte[entry.Length];
                    entry.DataStream?.ReadExactly(content);
                    tree.Add(path, CaptureEntryKind.File, content);
                    break;
            }
        }

        return tree;
    }

    /// <summary>Unpacks the capture to a folder.</summary>
    public void Unpack(string folder)
    {
        using FileStream packed = File.OpenRead(ArchivePath);
        using DecompressionStream unpacked = new(packed);
        TarFile.ExtractToDirectory(unpacked, folder, overwriteFiles: false);
    }

    /// <summary>Writes a machine as the capture.</summary>
    public void Save(TreeMachineSource machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        Directory.CreateDirectory(MachineFixtures.Folder);
        using FileStream file = File.Create(ArchivePath);
        using CaptureArchiveWriter writer = new(file);
        machine.WriteTo(writer);
    }

    public override string ToString() => Name;
}
