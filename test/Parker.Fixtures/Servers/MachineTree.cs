using System.Text;
using Parker.Machine.Topology.Sources;

namespace Parker.Fixtures.Servers;

/// <summary>A machine's files while they are made up; paths are absolute on the machine.</summary>
internal sealed class MachineTree
{
    /// <summary>What was added so far.</summary>
    public TreeMachineSource Source { get; } = new();

    /// <summary>A file with text and a line end.</summary>
    public void Line(string path, string text) => Text(path, text + "\n");

    /// <summary>A file with text as it is.</summary>
    public void Text(string path, string text) => Bytes(path, Encoding.UTF8.GetBytes(text));

    /// <summary>A file with bytes.</summary>
    public void Bytes(string path, byte[] content) => Source.Add(path[1..], CaptureEntryKind.File, content);

    /// <summary>A folder.</summary>
    public void Folder(string path) => Source.Add(path[1..], CaptureEntryKind.Folder, []);

    /// <summary>A link from one absolute path to another, written relative as sysfs has it.</summary>
    public void Link(string path, string target)
    {
        string[] from = path.Split('/')[..^1];
        string[] to = target.Split('/');
        int same = 0;
        while (same < from.Length && same < to.Length && from[same] == to[same])
        {
            same++;
        }

        Source.Add(path[1..], CaptureEntryKind.Link, Encoding.UTF8.GetBytes(string.Join('/', Enumerable.Repeat("..", from.Length - same).Concat(to[same..]))));
    }

    /// <summary>An ACPI table.</summary>
    public void Acpi(string name, byte[] table) => Bytes("/sys/firmware/acpi/tables/" + name, table);
}
