using Parker.Fixtures;

namespace Parker.Smoke.Tests;

/// <summary>The package that <c>./run publish</c> leaves beside the program, given to dpkg with a root folder of the test's own.</summary>
public sealed class DebianPackageTests : IDisposable
{
    private static readonly string[] Units = ["parker.service", "parker-autostart.service"];

    // What dpkg, groupadd and deb-systemd-helper keep for themselves whatever package comes and goes.
    private static readonly string[] OfTheTools = ["var/lib/dpkg/", "var/log/", "etc/group-", "etc/gshadow-", "etc/.pwd.lock"];

    private readonly string _root = Directory.CreateTempSubdirectory("parker-deb-").FullName;

    public DebianPackageTests()
    {
        foreach (string folder in (string[])["etc/default", "etc/systemd/system", "var/lib/dpkg/info", "var/lib/dpkg/updates", "var/lib/systemd", "var/log", "run", "tmp"])
        {
            Directory.CreateDirectory(At(folder));
        }

        File.WriteAllText(At("var/lib/dpkg/status"), "");
        File.WriteAllText(At("etc/group"), "root:x:0:\n");
        File.WriteAllText(At("etc/gshadow"), "root:*::\n");
        File.WriteAllText(At("etc/default/grub"), "GRUB_CMDLINE_LINUX_DEFAULT=quiet\n");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Package => Directory.GetFiles(Path.GetDirectoryName(PublishedProgram.Path)!, "parker_*_amd64.deb").Single();

    [Fact]
    public void Package_is_installed_and_purged_without_a_trace()
    {
        string before = Tree();
        Dpkg("--install", Package);
        Assert.Contains("parker:", File.ReadAllText(At("etc/group")), StringComparison.Ordinal);
        Assert.All(Units, unit => Assert.NotNull(new FileInfo(At($"etc/systemd/system/multi-user.target.wants/{unit}")).LinkTarget));
        Assert.StartsWith("parker ", PublishedProgram.RunOther(At("usr/bin/parker"), "--version").Output, StringComparison.Ordinal);

        // What the program itself is told to write then is the boot parameters alone; its 'uninstall' takes those back, and nothing of the package's.
        string installed = Tree();
        string machine = MachineFixtures.Xeon.ArchivePath;
        Parker("install", "--pool", "0=8G", "--machine", machine);
        Assert.Equal(["etc/default/grub.d/", "etc/default/grub.d/parker.cfg", "etc/parker/", "etc/parker/.installed-folders"], Tree().Split('\n').Except(installed.Split('\n')));
        Parker("uninstall");
        Assert.Equal(installed, Tree());

        // Given again, and then purged with the boot parameters in place.
        Parker("install", "--pool", "0=8G", "--machine", machine);
        Dpkg("--install", Package);
        Assert.True(File.Exists(At("etc/default/grub.d/parker.cfg")));
        Directory.CreateDirectory(At("var/lib/parker/logs"));
        Dpkg("--purge", "parker");
        Assert.Equal(before, Tree());
        Assert.Equal("root:x:0:\n", File.ReadAllText(At("etc/group")));
    }

    [Fact]
    public void What_somebody_wrote_stays_after_a_purge()
    {
        Dpkg("--install", Package);
        Directory.CreateDirectory(At("etc/parker"));
        File.WriteAllText(At("etc/parker/parker.toml"), "# mine\n");
        File.WriteAllText(At("etc/group"), File.ReadAllText(At("etc/group")).TrimEnd('\n') + "root\n");
        Dpkg("--purge", "parker");
        Assert.True(File.Exists(At("etc/parker/parker.toml")));
        Assert.Contains(":root\n", File.ReadAllText(At("etc/group")), StringComparison.Ordinal);
    }

    [Fact]
    public void Units_are_those_that_install_writes()
    {
        Dpkg("--unpack", Package);
        string bare = Directory.CreateTempSubdirectory("parker-bare-").FullName;
        try
        {
            PublishedProgram run = PublishedProgram.Run("install", "--root", bare);
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.All(Units, unit => Assert.Equal(
                File.ReadAllLines(Path.Combine(bare, "etc/systemd/system", unit)).Select(line => line.Replace(PublishedProgram.Path, "/usr/bin/parker", StringComparison.Ordinal)),
                File.ReadAllLines(At("usr/lib/systemd/system/" + unit)).Where(line => !line.StartsWith("Documentation=", StringComparison.Ordinal))));
            Assert.Equal(File.ReadAllText(Path.Combine(bare, "etc/tmpfiles.d/parker.conf")), File.ReadAllText(At("usr/lib/tmpfiles.d/parker.conf")));
        }
        finally
        {
            Directory.Delete(bare, recursive: true);
        }
    }

    [Fact]
    public void Package_says_what_the_program_needs()
    {
        PublishedProgram run = PublishedProgram.RunOther("dpkg-deb", "--field", Package, "Depends");
        Assert.Matches(@"^libc6 \(>= 2\.\d+\).*, passwd\n$", run.Output);
    }

    [Fact]
    public void Lintian_finds_no_error()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/lintian"), "lintian is not here; './run soak' installs it");
        PublishedProgram run = PublishedProgram.RunOther("lintian", "--no-cfg", "--allow-root", "--fail-on", "error", Package);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    // The scripts of the package run on this machine, for that root: it has no shell. Who is not root is, in a user namespace.
    private void Dpkg(params string[] arguments)
    {
        string[] command = ["dpkg", "--root=" + _root, "--force-script-chrootless,depends,bad-path", "--log=" + At("var/log/dpkg.log"), .. arguments];
        PublishedProgram run = Environment.IsPrivilegedProcess
            ? PublishedProgram.RunOther(command[0], command[1..])
            : PublishedProgram.RunOther("unshare", ["--user", "--map-root-user", .. command]);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    private void Parker(params string[] arguments)
    {
        PublishedProgram run = PublishedProgram.RunOther(At("usr/bin/parker"), [.. arguments, "--root", _root]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    private string At(string path) => Path.Combine(_root, path);

    private string Tree() => string.Join('\n', Directory.EnumerateFileSystemEntries(_root, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(_root, path) + (Directory.Exists(path) && new FileInfo(path).LinkTarget is null ? "/" : ""))
        .Where(path => !OfTheTools.Any(path.StartsWith))
        .Order(StringComparer.Ordinal));
}
