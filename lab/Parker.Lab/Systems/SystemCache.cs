using System.Security.Cryptography;
using System.Text;
using Parker.Lab.Initramfs;
using Parker.Lab.Processes;
using Parker.Lab.Servers;

namespace Parker.Lab.Systems;

/// <summary>A small Debian with systemd and dpkg, of the release that this machine takes its packages from, as a cpio archive that a server boots in place of busybox.</summary>
/// <remarks>
/// apt chooses and downloads the packages, and checks their signatures and sums; nothing is installed on this machine. An emulated server, where the lab is root, then unpacks and configures them with
/// their own scripts; that takes minutes and is done once for each set of packages. The archive gets its name when it is whole.
/// </remarks>
public sealed class SystemCache(Action<string>? say = null)
{
    private const string Script = "system-install.sh";

    private static readonly TimeSpan DownloadPatience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ToolPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(20);

    // What is essential in Debian; an init that is systemd, with its device manager; and what the packages' scripts take for granted.
    private static readonly string[] Packages =
    [
        "base-files", "base-passwd", "bash", "bsdutils", "coreutils", "dash", "debianutils", "diffutils", "dpkg", "findutils", "grep", "gzip", "hostname", "init-system-helpers", "libc-bin", "login",
        "mount", "ncurses-base", "perl-base", "sed", "sysvinit-utils", "tar", "util-linux", "systemd-sysv", "udev", "kmod", "passwd", "usr-is-merged", "mawk",
    ];

    private readonly string _folder = Path.Combine(LabFolders.Cache, "systems");
    private readonly Action<string> _say = say ?? (_ => { });

    /// <summary>The archive's path; it is made where it is not here yet, or where apt knows newer packages.</summary>
    /// <exception cref="LabException">apt knows no such packages, or they cannot be downloaded or installed.</exception>
    public string Get()
    {
        string archives = Path.Combine(_folder, "packages");
        string none = Path.Combine(_folder, "none");
        Directory.CreateDirectory(Path.Combine(archives, "partial"));
        Directory.CreateDirectory(Path.Combine(none, "partial"));
        File.WriteAllText(NothingInstalled, "");

        // 'file:///... name size hash', one for each package that is not in the folder.
        string[] chosen = [.. Text(Apt(none, "--print-uris")).Split('\n').Where(line => line.StartsWith('\''))];
        string path = Path.Combine(_folder, $"debian-{Fingerprint(chosen)}.cpio");
        if (File.Exists(path))
        {
            return path;
        }

        _say($"downloading {chosen.Length} packages");
        try
        {
            Apt(archives, "--download-only");
        }
        catch (LabException e) when (Archives().FirstOrDefault() is string older)
        {
            _say($"they could not be downloaded ({e.Message}); using {older}");
            return older;
        }

        string[] files = [.. chosen.Select(line => Path.Combine(archives, line.Split(' ')[1]))];
        Install(files, path);
        foreach (string old in Archives().Where(old => old != path).Concat(Directory.EnumerateFiles(archives, "*.deb").Except(files)))
        {
            File.Delete(old);
        }

        return path;
    }

    private IEnumerable<string> Archives() => Directory.EnumerateFiles(_folder, "debian-*.cpio");

    private string NothingInstalled => Path.Combine(_folder, "status");

    // As on a machine with no package at all, and without the locks of the one that this is.
    private byte[] Apt(string archives, string what) => Tool.Run(
        "apt-get",
        [
            "install", "-q", "-y", "--no-install-recommends", what,
            "-o", "Debug::NoLocking=1", "-o", "Dir::State::status=" + NothingInstalled, "-o", "Dir::Cache::archives=" + archives, "-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=",
            .. Packages,
        ],
        DownloadPatience);

    private void Install(string[] packages, string path)
    {
        _say("installing them on an emulated server, which takes some minutes");
        ServerSpec spec = new()
        {
            Cpus = new CpuTopology(1, 1, 1),
            Pool = default,
            Applications = [],
            Files = [.. packages.Select(file => (file, "/packages/" + Path.GetFileName(file)))],
        };
        using EmulatedServer server = EmulatedServer.Start(spec, "system");
        server.WaitUntilReady();
        using (Stream script = GuestScripts.Open(Script))
        {
            server.Agent.CopyIn(script, "/" + Script, UnixFileMode.UserRead | UnixFileMode.UserExecute, ToolPatience);
        }

        server.Run($"/{Script}", InstallPatience).Expect();
        string partial = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(partial, server.Agent.CopyOut("/system.cpio", InstallPatience));
        File.Move(partial, path, overwrite: true);
        server.KeepEvidence = false;
    }

    private static string Fingerprint(string[] chosen)
    {
        using Stream script = GuestScripts.Open(Script);
        using StreamReader reader = new(script);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', chosen) + reader.ReadToEnd())))[..12];
    }

    private static string Text(byte[] output) => Encoding.UTF8.GetString(output);
}
