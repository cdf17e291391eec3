using System.Runtime.InteropServices;

namespace Parker.Linux.Interop;

/// <summary>Owners of files. A negative result leaves errno in <see cref="Marshal.GetLastPInvokeError"/>.</summary>
internal static partial class FileOwnerCalls
{
    /// <summary>For a user or group that stays as it is.</summary>
    public const uint Unchanged = uint.MaxValue;

    [LibraryImport(Library.Name, EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint user, uint group);
}
