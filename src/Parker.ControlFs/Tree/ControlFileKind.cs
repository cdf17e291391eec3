using System.Text;

namespace Parker.ControlFs.Tree;

/// <summary>What is fixed about a file.</summary>
internal sealed class ControlFileKind
{
    /// <summary>The files of the root.</summary>
    public static readonly IReadOnlyList<ControlFileKind> Root =
    [
        new(ControlFile.Check, "check", Traits.Slow),
        new(ControlFile.Plan, "plan", Traits.Writable),
        new(ControlFile.Topology, "topology", Traits.Slow),
        new(ControlFile.Version, "version"),
    ];

    /// <summary>The files of a partition's folder.</summary>
    public static readonly IReadOnlyList<ControlFileKind> Partition =
    [
        new(ControlFile.Bind, "bind", Traits.Writable),
        new(ControlFile.CommandLine, "cmdline", Traits.Writable),
        new(ControlFile.ControlStructure, "control_structure"),
        new(ControlFile.Cpus, "cpus", Traits.Writable),
        new(ControlFile.CpusMax, "cpus_max", Traits.Writable),
        new(ControlFile.Devices, "devices", Traits.Folder),
        new(ControlFile.Events, "events", Traits.Polled | Traits.Growing),
        new(ControlFile.Evidence, "evidence"),
        new(ControlFile.Id, "id"),
        new(ControlFile.Initrd, "initrd", Traits.Writable),
        new(ControlFile.Kernel, "kernel", Traits.Writable),
        new(ControlFile.Log, "log", Traits.Slow | Traits.Growing),
        new(ControlFile.Memory, "memory", Traits.Writable),
        new(ControlFile.MemoryMax, "memory_max", Traits.Writable),
        new(ControlFile.Online, "online", Traits.Writable | Traits.Polled),
        new(ControlFile.Restart, "restart", Traits.Writable),
        new(ControlFile.State, "state", Traits.Polled),
        new(ControlFile.Unbind, "unbind", Traits.Writable),
    ];

    private static readonly Dictionary<ControlFile, ControlFileKind> ByFile = Root.Concat(Partition).ToDictionary(kind => kind.File);

    private readonly Traits _traits;

    private ControlFileKind(ControlFile file, string name, Traits traits = Traits.None)
    {
        File = file;
        Name = name;
        NameBytes = Encoding.UTF8.GetBytes(name);
        _traits = traits;
    }

    [Flags]
    private enum Traits
    {
        None = 0,
        Writable = 1,
        Slow = 2,
        Polled = 4,
        Growing = 8,
        Folder = 16,
    }

    /// <summary>Which it is.</summary>
    public ControlFile File { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its name.</summary>
    public ReadOnlyMemory<byte> NameBytes { get; }

    /// <summary>Whether it takes commands.</summary>
    public bool IsWritable => (_traits & Traits.Writable) != 0;

    /// <summary>Whether making its content takes long, so that others must not wait for it.</summary>
    public bool IsSlow => (_traits & Traits.Slow) != 0;

    /// <summary>Whether poll wakes when it changes.</summary>
    public bool IsPolled => (_traits & Traits.Polled) != 0;

    /// <summary>Whether it grows at its end, so that a reader at its end may go on.</summary>
    public bool IsGrowing => (_traits & Traits.Growing) != 0;

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => (_traits & Traits.Folder) != 0;

    /// <summary>The fixed file; null for folders of partitions and links to devices.</summary>
    public static ControlFileKind? Find(ControlFile file) => ByFile.GetValueOrDefault(file);

    /// <summary>The file of that name in a folder; null where there is none.</summary>
    public static ControlFileKind? Find(IReadOnlyList<ControlFileKind> folder, ReadOnlySpan<byte> name)
    {
        for (int index = 0; index < folder.Count; index++)
        {
            if (folder[index].NameBytes.Span.SequenceEqual(name))
            {
                return folder[index];
            }
        }

        return null;
    }
}
