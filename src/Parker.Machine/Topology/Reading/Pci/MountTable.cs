using System.Text;

namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Reads the mounted file systems.</summary>
/// <remarks>
/// Documentation/filesystems/proc.rst, "/proc/PID/mountinfo":
/// <code>36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue</code>
/// After the mount options stand any number of optional fields, then a single dash. Blanks in fields are written as three octal digits (<c>\040</c>).
/// </remarks>
internal static class MountTable
{
    private const string MountInfo = "/proc/self/mountinfo";
    private const string Mounts = "/proc/mounts";

    /// <summary>The mounted file systems; null where neither file can be read.</summary>
    public static List<MountedFileSystem>? Read(SourceReader reader)
    {
        if (reader.Source.TryRead(MountInfo, out byte[] content) == SourceStatus.Ok)
        {
            return Parse(reader, MountInfo, content, FromMountInfo);
        }

        return reader.Source.TryRead(Mounts, out content) == SourceStatus.Ok ? Parse(reader, Mounts, content, FromMounts) : null;
    }

    private static List<MountedFileSystem> Parse(SourceReader reader, string path, byte[] content, Func<string[], MountedFileSystem?> parse)
    {
        List<MountedFileSystem> mounted = [];
        foreach (string line in Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (parse(line.Split(' ')) is MountedFileSystem one)
            {
                mounted.Add(one);
            }
            else
            {
                reader.Odd(path, Encoding.UTF8.GetBytes(line), "a mounted file system");
            }
        }

        return mounted;
    }

    private static MountedFileSystem? FromMountInfo(string[] fields)
    {
        int dash = Array.IndexOf(fields, "-");
        return dash >= 6 && fields.Length >= dash + 3 ? new MountedFileSystem(fields[2], Unescape(fields[4]), fields[dash + 1], Unescape(fields[dash + 2])) : null;
    }

    private static MountedFileSystem? FromMounts(string[] fields) =>
        fields.Length >= 3 ? new MountedFileSystem("", Unescape(fields[1]), fields[2], Unescape(fields[0])) : null;

    private static string Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal))
        {
            return field;
        }

        StringBuilder text = new(field.Length);
        for (int at = 0; at < field.Length; at++)
        {
            if (field[at] == '\\' && at + 3 < field.Length && IsOctal(field[at + 1]) && IsOctal(field[at + 2]) && IsOctal(field[at + 3]))
            {
                text.Append((char)(((field[at + 1] - '0') * 64) + ((field[at + 2] - '0') * 8) + (field[at + 3] - '0')));
                at += 3;
            }
            else
            {
                text.Append(field[at]);
            }
        }

        return text.ToString();

        static bool IsOctal(char digit) => digit is >= '0' and <= '7';
    }
}
