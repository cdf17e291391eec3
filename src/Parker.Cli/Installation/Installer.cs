using System.Text;
using Parker.Cli.Output;

namespace Parker.Cli.Installation;

/// <summary>Writes and removes files below a root: the same each time, and told one by one.</summary>
/// <param name="root">The root folder.</param>
/// <param name="dryRun">Whether nothing is to be changed.</param>
/// <param name="output">Takes a line for each file.</param>
internal sealed class Installer(string root, bool dryRun, TextWriter output)
{
    private const string GrubFile = "etc/default/grub.d/parker.cfg";
    private const string EntryPrefix = "parker-";
    private const string Wants = "etc/systemd/system/multi-user.target.wants";

    private static readonly string[] Units = ["parker.service", "parker-autostart.service"];
    private static readonly string[] EntryFolders = ["boot/loader/entries", "efi/loader/entries", "boot/efi/loader/entries"];

    /// <summary>Whether something changed, or with a dry run would.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>What boot loaders were found.</summary>
    public IReadOnlyList<string> Loaders =>
        [.. HasGrub ? (string[])["GRUB"] : [], .. Entries().Length > 0 ? (string[])["systemd-boot"] : []];

    private bool HasGrub => Directory.Exists(At("etc/default/grub.d")) || File.Exists(At("etc/default/grub"));

    /// <summary>Writes what systemd is told, and the folder for the configuration.</summary>
    public void WriteService(string program)
    {
        // A package brings units of its own.
        if (!File.Exists(At("usr/lib/systemd/system/parker.service")))
        {
            Write("etc/systemd/system/" + Units[0], ServiceFiles.Daemon(program));
            Write("etc/systemd/system/" + Units[1], ServiceFiles.Partitions(program));
            foreach (string unit in Units)
            {
                Link($"{Wants}/{unit}", $"/etc/systemd/system/{unit}");
            }

            Write("etc/sysusers.d/parker.conf", ServiceFiles.Group);
            Write("etc/tmpfiles.d/parker.conf", ServiceFiles.Folders);
        }

        Write("etc/parker/example.toml", ServiceFiles.Example);
    }

    /// <summary>Writes what boot loaders are told.</summary>
    public void WriteBoot(IReadOnlyList<string> parameters)
    {
        if (HasGrub)
        {
            Write(GrubFile, BootFiles.Grub(parameters));
        }

        foreach (string entry in Entries())
        {
            if (BootFiles.Entry(File.ReadAllText(entry), parameters) is string text)
            {
                Write(Path.Combine(Path.GetDirectoryName(Path.GetRelativePath(root, entry))!, EntryPrefix + Path.GetFileName(entry)), text);
            }
        }
    }

    /// <summary>Removes all that was ever written; a configuration of the user's stays.</summary>
    public void RemoveAll()
    {
        foreach (string unit in Units)
        {
            Delete($"{Wants}/{unit}");
            Delete("etc/systemd/system/" + unit);
        }

        foreach (string file in (string[])["etc/sysusers.d/parker.conf", "etc/tmpfiles.d/parker.conf", "etc/parker/example.toml", GrubFile])
        {
            Delete(file);
        }

        foreach (string entry in EntryFolders.Where(folder => Directory.Exists(At(folder))).SelectMany(folder => Directory.EnumerateFiles(At(folder), EntryPrefix + "*.conf")).Order(StringComparer.Ordinal))
        {
            Delete(Path.GetRelativePath(root, entry));
        }

        if (!dryRun && Directory.Exists(At("etc/parker")) && !Directory.EnumerateFileSystemEntries(At("etc/parker")).Any())
        {
            Directory.Delete(At("etc/parker"));
        }
    }

    private string[] Entries() => [.. EntryFolders
        .Where(folder => Directory.Exists(At(folder)))
        .SelectMany(folder => Directory.EnumerateFiles(At(folder), "*.conf"))
        .Where(file => !Path.GetFileName(file).StartsWith(EntryPrefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    private string At(string path) => Path.Combine(root, path);

    private void Write(string path, string text)
    {
        bool isThere = File.Exists(At(path));
        bool isSame = isThere && File.ReadAllText(At(path)) == text;
        Tell(isSame ? "unchanged" : isThere ? "change" : "write", path, !isSame);
        if (!isSame && !dryRun)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
            WholeFile.Write(At(path), "file", ownerOnly: false, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }
    }

    private void Link(string path, string target)
    {
        bool isSame = new FileInfo(At(path)).LinkTarget == target;
        Tell(isSame ? "unchanged" : "link", path, !isSame);
        if (!isSame && !dryRun)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
            File.Delete(At(path));
            File.CreateSymbolicLink(At(path), target);
        }
    }

    private void Delete(string path)
    {
        if (File.Exists(At(path)) || new FileInfo(At(path)).LinkTarget is not null)
        {
            Tell("remove", path, changes: true);
            if (!dryRun)
            {
                File.Delete(At(path));
            }
        }
    }

    private void Tell(string what, string path, bool changes)
    {
        HasChanged |= changes;
        output.WriteLine($"{what} {At(path)}");
    }
}
