using System.Globalization;
using Parker.Linux.Interop;

namespace Parker.Linux.Files;

/// <summary>The groups of this machine, and files that belong to them.</summary>
public static class FileGroup
{
    private const string GroupFile = "/etc/group";

    /// <summary>The number of a local group.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Null where /etc/group has none of that name; groups of a directory service are not looked for.</returns>
    public static uint? Find(string name)
    {
        // "parker:x:997:alice,bob"
        foreach (string line in File.Exists(GroupFile) ? File.ReadLines(GroupFile) : [])
        {
            string[] fields = line.Split(':');
            if (fields.Length >= 3 && fields[0] == name && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>Gives a file to a group; its owner stays.</summary>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public static void Give(string path, uint group)
    {
        if (FileOwnerCalls.ChangeOwner(path, FileOwnerCalls.Unchanged, group) != 0)
        {
            KernelException.ThrowLast("chown", path);
        }
    }
}
