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
    private const string ConfigurationFolder = "etc/parker";
    private const string RunFolder = "run/parker";
    private const string KeptFolder = "var/lib/parker";

    // The folders that were made, a line each, so that those and no others are removed where they are empty.
    private const string FoldersFile = ConfigurationFolder + "/.installed-folders";

    private static readonly string[] Units = ["parker.service", "parker-autostart.service"];
    private static readonly string[] ServiceTexts = ["etc/sysusers.d/parker.conf", "etc/tmpfiles.d/parker.conf", ConfigurationFolder + "/example.toml"];
    private static readonly string[] EntryFolders = ["boot/loader/entries", "efi/loader/entries", "boot/efi/loader/entries"];

    // The mounts that the daemon lays over the files of CPUs that a partition holds (Parker.Linux, CpuHotplug).
    private const string Mounts = "proc/self/mountinfo";
    private const string HoldMark = "/held-sys-devices-system-cpu-";

    private readonly List<string> _madeFolders = [];

    /// <summary>Whether something of the service changed, or with a dry run would.</summary>
    public bool HasChangedService { get; private set; }

    /// <summary>Whether something that boot loaders read changed, or with a dry run would.</summary>
    public bool HasChangedBoot { get; private set; }

    /// <summary>What boot loaders were found.</summary>
    public IReadOnlyList<string> Loaders =>
        [.. HasGrub ? (string[])["GRUB"] : [], .. Entries().Length > 0 ? (string[])["systemd-boot"] : []];

    /// <summary>Why the folders that the daemon works in cannot be removed; null where they can, or are a package's.</summary>
    public string? StateInUse =>
        HasPackage || !Directory.Exists(At(RunFolder)) ? null :
        File.Exists(At(Mounts)) && File.ReadAllText(At(Mounts)).Contains(HoldMark, StringComparison.Ordinal)
            ? $"Partitions still hold CPUs of this machine, so {At(RunFolder)} and {At(KeptFolder)} stay: start the daemon again ('{Environment.ProcessPath} daemon'), stop them and give 'parker destroy --all'; or reboot."
            : File.Exists(At(RunFolder + "/parker.sock")) ? $"The daemon still runs ({At(RunFolder)}/parker.sock is there), so {At(RunFolder)} and {At(KeptFolder)} stay: stop it, then give 'parker uninstall' again." : null;

    /// <summary>Whether there is the group and nobody is in it.</summary>
    public bool HasUnusedGroup => !HasPackage && File.Exists(At("etc/group")) && File.ReadLines(At("etc/group")).Any(line => line.StartsWith("parker:", StringComparison.Ordinal) && line.EndsWith(':'));

    // It brings units, group and folders of its own.
    private bool HasPackage => File.Exists(At("usr/lib/systemd/system/" + Units[0]));

    private bool HasGrub => Directory.Exists(At("etc/default/grub.d")) || File.Exists(At("etc/default/grub"));

    /// <summary>Writes what systemd and boot loaders are told.</summary>
    /// <param name="program">The program's path.</param>
    /// <param name="parameters">What the kernel is told; null leaves boot loaders alone.</param>
    public void WriteAll(string program, IReadOnlyList<string>? parameters)
    {
        WriteService(program);
        if (parameters is not null)
        {
            WriteBoot(parameters);
        }

        NoteFolders();
    }

    /// <summary>Removes all that was ever written, and the folders that were made for it; a configuration of the user's stays, and so does what a package brought.</summary>
    public void RemoveAll()
    {
        string[] folders = NotedFolders();
        foreach (string unit in Units)
        {
            if (new FileInfo(At($"{Wants}/{unit}")).LinkTarget == UnitLink(unit))
            {
                Delete($"{Wants}/{unit}");
            }

            Delete("etc/systemd/system/" + unit);
        }

        foreach (string file in ServiceTexts)
        {
            Delete(file);
        }

        Delete(GrubFile);
        foreach (string entry in EntryFolders.Where(folder => Directory.Exists(At(folder))).SelectMany(folder => Directory.EnumerateFiles(At(folder), EntryPrefix + "*.conf")).Order(StringComparer.Ordinal))
        {
            Delete(Path.GetRelativePath(root, entry));
        }

        Delete(FoldersFile);
        if (!HasPackage && StateInUse is null)
        {
            DeleteFolder(RunFolder);
            DeleteFolder(KeptFolder);
        }

        // The deepest ones first.
        foreach (string folder in folders.Append(ConfigurationFolder).OrderByDescending(folder => folder.Length))
        {
            if (!dryRun && Directory.Exists(At(folder)) && !Directory.EnumerateFileSystemEntries(At(folder)).Any())
            {
                Directory.Delete(At(folder));
            }
        }
    }

    private void WriteService(string program)
    {
        if (HasPackage)
        {
            return;
        }

        Write("etc/systemd/system/" + Units[0], ServiceFiles.Daemon(program));
        Write("etc/systemd/system/" + Units[1], ServiceFiles.Partitions(program));
        foreach (string unit in Units)
        {
            Link($"{Wants}/{unit}", UnitLink(unit));
        }

        Write(ServiceTexts[0], ServiceFiles.Group);
        Write(ServiceTexts[1], ServiceFiles.Folders);
        Write(ServiceTexts[2], ServiceFiles.Example);
    }

    private void WriteBoot(IReadOnlyList<string> parameters)
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
        if (isSame)
        {
            return;
        }

        MakeFolder(Path.GetDirectoryName(path)!);
        if (!dryRun)
        {
            WholeFile.Write(At(path), "file", ownerOnly: false, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }
    }

    private void Link(string path, string target)
    {
        bool isSame = new FileInfo(At(path)).LinkTarget == target;
        Tell(isSame ? "unchanged" : "link", path, !isSame);
        if (isSame)
        {
            return;
        }

        MakeFolder(Path.GetDirectoryName(path)!);
        if (!dryRun)
        {
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

    private void DeleteFolder(string folder)
    {
        if (Directory.Exists(At(folder)))
        {
            Tell("remove", folder, changes: true);
            if (!dryRun)
            {
                Directory.Delete(At(folder), recursive: true);
            }
        }
    }

    private void MakeFolder(string folder)
    {
        for (string missing = folder; missing.Length > 0 && !Directory.Exists(At(missing)); missing = Path.GetDirectoryName(missing)!)
        {
            _madeFolders.Add(missing);
        }

        if (!dryRun)
        {
            Directory.CreateDirectory(At(folder));
        }
    }

    private void NoteFolders()
    {
        string[] folders = [.. NotedFolders().Union(_madeFolders).Where(folder => folder != ConfigurationFolder).Order(StringComparer.Ordinal)];
        if (folders.Length > 0)
        {
            Write(FoldersFile, string.Join('\n', folders) + "\n");
        }
    }

    // Whatever the file says, only folders on the way to what is written here are ever looked at.
    private string[] NotedFolders() => !File.Exists(At(FoldersFile)) ? [] :
        [.. File.ReadAllLines(At(FoldersFile)).Where(line => line.Length > 0 && ServiceTexts.Append(GrubFile).Append(Wants + "/").Any(path => path.StartsWith(line + "/", StringComparison.Ordinal)))];

    private static string UnitLink(string unit) => "/etc/systemd/system/" + unit;

    private static bool IsBoot(string path) => path == GrubFile || EntryFolders.Any(folder => path.StartsWith(folder + "/", StringComparison.Ordinal));

    private void Tell(string what, string path, bool changes)
    {
        HasChangedBoot |= changes && IsBoot(path);
        HasChangedService |= changes && !IsBoot(path) && path != FoldersFile;
        output.WriteLine($"{what} {At(path)}");
    }
}
