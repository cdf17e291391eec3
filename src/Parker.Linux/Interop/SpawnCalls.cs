using System.Runtime.InteropServices;

namespace Parker.Linux.Interop;

/// <summary>posix_spawn and what it is told. Each function returns its error number, or 0; none sets errno.</summary>
internal static unsafe partial class SpawnCalls
{
    public const short POSIX_SPAWN_SETSIGDEF = 0x04;
    public const short POSIX_SPAWN_SETSIGMASK = 0x08;
    public const short POSIX_SPAWN_SETSID = 0x80;

    /// <summary>sizeof(posix_spawn_file_actions_t), whose content is libc's own.</summary>
    public const int FileActionsSize = 80;

    /// <summary>sizeof(posix_spawnattr_t), whose content is libc's own.</summary>
    public const int AttributesSize = 336;

    /// <summary>sizeof(sigset_t).</summary>
    public const int SignalSetSize = 128;

    [LibraryImport(Library.Name, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitFileActions(byte* actions);

    [LibraryImport(Library.Name, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyFileActions(byte* actions);

    [LibraryImport(Library.Name, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDuplicate(byte* actions, int file, int target);

    [LibraryImport(Library.Name, EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddOpen(byte* actions, int target, string path, int flags, uint mode);

    [LibraryImport(Library.Name, EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddChangeFolder(byte* actions, string path);

    [LibraryImport(Library.Name, EntryPoint = "posix_spawnattr_init")]
    public static partial int InitAttributes(byte* attributes);

    [LibraryImport(Library.Name, EntryPoint = "posix_spawnattr_destroy")]
    public static partial int DestroyAttributes(byte* attributes);

    [LibraryImport(Library.Name, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport(Library.Name, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SetDefaultSignals(byte* attributes, byte* signals);

    [LibraryImport(Library.Name, EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SetSignalMask(byte* attributes, byte* signals);

    [LibraryImport(Library.Name, EntryPoint = "sigfillset")]
    public static partial int FillSignals(byte* signals);

    [LibraryImport(Library.Name, EntryPoint = "sigemptyset")]
    public static partial int EmptySignals(byte* signals);

    [LibraryImport(Library.Name, EntryPoint = "posix_spawnp", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Spawn(out int process, string file, byte* actions, byte* attributes, byte** arguments, byte** environment);
}
