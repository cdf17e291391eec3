using System.Runtime.InteropServices;

namespace Parker.Linux.Interop;

/// <summary>Mounting and unmounting. A negative result leaves errno in <see cref="Marshal.GetLastPInvokeError"/>.</summary>
internal static partial class MountCalls
{
    public const ulong MS_RDONLY = 1;
    public const ulong MS_NOSUID = 2;
    public const ulong MS_NODEV = 4;
    public const ulong MS_NOEXEC = 8;
    public const ulong MS_REMOUNT = 32;
    public const ulong MS_BIND = 4096;
    public const int MNT_FORCE = 1;
    public const int MNT_DETACH = 2;

    [LibraryImport(Library.Name, EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(string source, string target, string? type, ulong flags, nint data);

    [LibraryImport(Library.Name, EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MountWithOptions(string source, string target, string type, ulong flags, string options);

    [LibraryImport(Library.Name, EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unmount(string target, int flags);
}
