namespace Parker.ControlFs.Tree;

/// <summary>The files and folders whose names are fixed. The values are parts of node numbers.</summary>
internal enum ControlFile
{
    /// <summary>The root, or a partition's folder.</summary>
    Folder = 1,

    Topology = 2,
    Check = 3,
    Version = 4,
    Plan = 5,

    Id = 16,
    Cpus = 17,
    Memory = 18,
    Bind = 19,
    Unbind = 20,
    Online = 21,
    ControlStructure = 22,
    Kernel = 23,
    Initrd = 24,
    CommandLine = 25,
    State = 26,
    Evidence = 27,
    Events = 28,
    Restart = 29,
    Log = 30,
    CpusMax = 31,
    MemoryMax = 32,

    /// <summary>The folder <c>devices</c>.</summary>
    Devices = 64,

    /// <summary>The first link in <c>devices</c>; the others follow.</summary>
    FirstDevice = 256,
}
