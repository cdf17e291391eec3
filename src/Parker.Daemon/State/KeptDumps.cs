using System.Globalization;
using Parker.Partition;

namespace Parker.Daemon.State;

/// <summary>The dumps that policies ask for, in a folder that survives the Boot Kernel's reboot: the newest of each partition.</summary>
/// <remarks>
/// <code>
/// NAME/20261124T094812.000Z-0f8e....core.zst    when the boot began, its ID
/// </code>
/// </remarks>
/// <param name="folder">The folder; made where it is not there, for its owner only.</param>
public sealed class KeptDumps(string folder)
{
    /// <summary>How many are kept of a partition.</summary>
    public const int MostOfAPartition = 3;

    private const string Ending = ".core.zst";
    private const int LeastFreePercent = 10;

    /// <summary>The path for the dump of a boot; nothing is there.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public string Prepare(PartitionName name, DateTimeOffset startedAt, Guid bootId)
    {
        string own = Own(name);
        Directory.CreateDirectory(own, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        ThrowUnlessRoom();
        string path = Path.Combine(own, KeptLogs.Stem(startedAt, bootId) + Ending);

        // Of a daemon that died while it wrote.
        File.Delete(path);
        return path;
    }

    /// <summary>To be called while a dump is written: it may not fill the file system.</summary>
    /// <exception cref="IOException">Less than a tenth of it is free.</exception>
    public void ThrowUnlessRoom()
    {
        DriveInfo drive = new(folder);
        if (drive.AvailableFreeSpace < drive.TotalSize / 100 * LeastFreePercent)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"less than {LeastFreePercent} % of the file system of {folder} is free; make room there."));
        }
    }

    /// <summary>Deletes the oldest dumps of a partition, where there are too many.</summary>
    /// <exception cref="IOException">One cannot be deleted.</exception>
    public void MakeRoom(PartitionName name)
    {
        foreach (string old in Directory.EnumerateFiles(Own(name), "*" + Ending).OrderDescending(StringComparer.Ordinal).Skip(MostOfAPartition))
        {
            File.Delete(old);
        }
    }

    private string Own(PartitionName name) => Path.Combine(folder, name.ToString());
}
