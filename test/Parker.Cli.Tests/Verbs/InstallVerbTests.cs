using System.Diagnostics;
using Parker.Cli.Installation;
using Parker.Cli.Machines;
using Parker.Fixtures;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Machine.Topology.Reading;
using Parker.Planning.Installation;

namespace Parker.Cli.Tests.Verbs;

public sealed class InstallVerbTests : IDisposable
{
    private static readonly string Machine = MachineFixtures.Xeon.ArchivePath;
    private static readonly PhysicalRange[] Regions = [new(new PhysicalAddress(0x10000), ByteSize.FromKibibytes(512)), new(new PhysicalAddress(0x1_0000_0000), ByteSize.FromGibibytes(4))];

    private readonly TemporaryFolder _folder = new();

    public InstallVerbTests()
    {
        Write("etc/default/grub", "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\n");
        Write("boot/loader/entries/debian.conf", "title Debian\nlinux /vmlinuz\noptions root=/dev/sda1 ro\n");
        foreach (string folder in (string[])["etc/default/grub.d", "etc/sysusers.d", "etc/tmpfiles.d", "etc/systemd/system/multi-user.target.wants"])
        {
            Directory.CreateDirectory(_folder[folder]);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Install_writes_the_same_each_time_and_uninstall_leaves_no_trace()
    {
        string before = Tree();
        ProgramRun dry = Run("install", "--pool", "0=8G,1=8G", "--machine", Machine, "--dry-run");
        Assert.Equal(ExitCode.Done, dry.ExitCode);
        Assert.Equal(before, Tree());

        ProgramRun run = Run("install", "--pool", "0=8G,1=8G", "--machine", Machine);
        Assert.Equal("", run.Error);
        Assert.Equal(dry.Output, run.Output);
        string installed = Tree();
        Assert.Contains("etc/systemd/system/parker.service\n", installed, StringComparison.Ordinal);
        Assert.Contains("options root=/dev/sda1 ro memmap=512K$0x10000 memmap=8G$0x", File.ReadAllText(_folder["boot/loader/entries/parker-debian.conf"]), StringComparison.Ordinal);

        Assert.EndsWith("All is as it should be.\n", Run("install", "--pool", "0=8G,1=8G", "--machine", Machine).Output, StringComparison.Ordinal);
        Assert.Equal(installed, Tree());
        Run("uninstall", "--dry-run");
        Assert.Equal(installed, Tree());
        Run("uninstall");
        Assert.Equal(before, Tree());
        Assert.Equal("Nothing is left of what 'parker install' wrote.\n", Run("uninstall").Output);
    }

    [Fact]
    public void Folders_that_install_made_go_with_it_and_others_stay()
    {
        Directory.Delete(_folder["etc/systemd"], recursive: true);
        Directory.Delete(_folder["etc/sysusers.d"]);
        Directory.Delete(_folder["etc/default/grub.d"]);
        string before = Tree();
        string[] options = ["--pool", "0=8G", "--machine", Machine];
        ProgramRun dry = Run(["install", .. options, "--dry-run"]);
        Assert.Equal(before, Tree());
        Assert.Equal(dry.Output, Run(["install", .. options]).Output);
        string installed = Tree();
        Assert.EndsWith("All is as it should be.\n", Run(["install", .. options]).Output, StringComparison.Ordinal);
        Assert.Equal(installed, Tree());
        Run("uninstall");
        Assert.Equal(before, Tree());

        // What somebody else has put there meanwhile keeps its folder, and a list that was tampered with takes no other one.
        Run(["install", .. options]);
        Write("etc/sysusers.d/other.conf", "");
        Directory.CreateDirectory(_folder["etc/empty"]);
        File.AppendAllText(_folder["etc/parker/.installed-folders"], "etc/empty\n/\n../\n");
        Run("uninstall");
        Assert.True(File.Exists(_folder["etc/sysusers.d/other.conf"]));
        Assert.True(Directory.Exists(_folder["etc/empty"]));
        Assert.False(Directory.Exists(_folder["etc/systemd"]));
    }

    [Fact]
    public void What_is_left_to_do_is_what_changed()
    {
        Assert.EndsWith("Then: systemd-sysusers; systemd-tmpfiles --create; systemctl daemon-reload; systemctl restart parker; parker check\n", Run("install").Output, StringComparison.Ordinal);
        string[] options = ["--pool", "0=8G", "--machine", Machine];
        Assert.EndsWith("Then: update-grub; reboot; parker check\n", Run(["install", .. options]).Output, StringComparison.Ordinal);
        Assert.EndsWith("All is as it should be.\n", Run(["install", .. options]).Output, StringComparison.Ordinal);
        Assert.EndsWith("Then: systemctl daemon-reload; update-grub; reboot\n", Run("uninstall").Output, StringComparison.Ordinal);
        Run("install");
        Assert.EndsWith("Then: systemctl daemon-reload\n", Run("uninstall").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_daemon_works_in_goes_with_uninstall_but_not_from_under_it()
    {
        string before = Tree();
        Run("install");
        Write("etc/group", "root:x:0:\nparker:x:999:\n");
        Write("run/parker/journal", "");
        Write("run/parker/held-sys-devices-system-cpu-cpu1-online", "0");
        Write("proc/self/mountinfo", "89 25 0:26 /parker/held-sys-devices-system-cpu-cpu1-online /sys/devices/system/cpu/cpu1/online ro shared:11 - tmpfs tmpfs rw\n");
        Write("run/parker/parker.sock", "");
        Write("var/lib/parker/logs/db.log", "");
        ProgramRun held = Run("uninstall");
        Assert.Contains("Partitions still hold CPUs of this machine", held.Error, StringComparison.Ordinal);
        Assert.EndsWith("Then: systemctl daemon-reload; groupdel parker\n", held.Output, StringComparison.Ordinal);
        Write("proc/self/mountinfo", "25 1 0:24 / /sys rw shared:7 - sysfs sysfs rw\n");
        Assert.Contains("The daemon still runs", Run("uninstall").Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["var/lib/parker/logs/db.log"]));
        File.Delete(_folder["run/parker/parker.sock"]);
        Assert.Equal("", Run("uninstall").Error);
        Directory.Delete(_folder["run"]);
        Directory.Delete(_folder["proc"], recursive: true);
        Directory.Delete(_folder["var"], recursive: true);
        File.Delete(_folder["etc/group"]);
        Assert.Equal(before, Tree());
    }

    [Fact]
    public void Units_of_a_package_and_their_links_are_left_alone()
    {
        Write("usr/lib/systemd/system/parker.service", "[Unit]\n");
        File.CreateSymbolicLink(_folder["etc/systemd/system/multi-user.target.wants/parker.service"], "/lib/systemd/system/parker.service");
        string before = Tree();
        ProgramRun run = Run("install");
        Assert.Equal("No boot loader was touched: give --pool for the memory that partitions get.\nAll is as it should be.\n", run.Output);
        Assert.Equal(before, Tree());
        Assert.EndsWith("Then: update-grub; reboot; parker check\n", Run("install", "--pool", "0=8G", "--machine", Machine).Output, StringComparison.Ordinal);
        Assert.EndsWith("Then: update-grub; reboot\n", Run("uninstall").Output, StringComparison.Ordinal);
        Assert.Equal(before, Tree());
    }

    [Fact]
    public void Configuration_of_the_user_stays()
    {
        Run("install");
        Write("etc/parker/parker.toml", "# mine\n");
        Run("uninstall");
        Assert.True(File.Exists(_folder["etc/parker/parker.toml"]));
    }

    [Fact]
    public void Dollar_signs_reach_grubs_configuration_with_one_backslash()
    {
        Write("etc/default/grub.d/parker.cfg", BootFiles.Grub([.. BootFiles.Parameters(Regions), "quiet"]));

        // As grub-mkconfig and 10_linux do: the files are sourced, and the value is written into a here-document.
        string script = $"set -e; . {_folder["etc/default/grub"]}; . {_folder["etc/default/grub.d/parker.cfg"]}; args=\"$GRUB_CMDLINE_LINUX_DEFAULT\"\ncat <<EOF\nlinux /vmlinuz root=/dev/sda1 ro ${{args}}\nEOF\n";
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true })!;
        string text = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(@"linux /vmlinuz root=/dev/sda1 ro quiet memmap=512K\$0x10000 memmap=4G\$0x100000000 no_ipi_broadcast=1 quiet" + "\n", text);
    }

    [Theory]
    [InlineData("--pool", "much")]
    [InlineData("--pool", "0=")]
    [InlineData("--pool", "x=4G")]
    [InlineData("--pool", "4G", "--append", "a b")]
    [InlineData("--pool", "4G", "--append", "a'b")]
    [InlineData("--pool", "4G", "--append", "a;b")]
    [InlineData("--pool", "4G", "--append", "${a}")]
    [InlineData("--pool", "4G", "--append", "a*")]
    public void Nonsense_is_a_usage_error_and_writes_nothing(params string[] options)
    {
        string before = Tree();
        Assert.Equal(ExitCode.Usage, Run(["install", .. options, "--machine", Machine]).ExitCode);
        Assert.Equal(before, Tree());
    }

    [Theory]
    [InlineData("POOL001", "1G,1G,1G,1G")]
    [InlineData("POOL002", "1G", "--slots", "10")]
    [InlineData("POOL002", "1G", "--slots", "0")]
    [InlineData("POOL003", "900000G")]
    [InlineData("POOL003", "99=1G")]
    public void Pool_that_cannot_be_is_refused_and_writes_nothing(string id, string pool, params string[] options)
    {
        string before = Tree();
        ProgramRun run = Run(["install", "--pool", pool, .. options, "--machine", Machine]);
        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains(id, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Tree());
    }

    [Fact]
    public void Pool_lies_in_ram_of_the_nodes_that_were_asked_for_in_at_most_four_regions()
    {
        MachineTopology machine = TopologyReader.Read(MachineSources.Open(Machine));
        PhysicalRangeSet ram = PhysicalRangeSet.Of(machine.Memory.Firmware.Where(range => range.Type == "System RAM").Select(range => range.Range));
        DiagnosticBag problems = [];
        IReadOnlyList<PhysicalRange> regions = BootPool.TryChoose(machine, [new PoolWish(0, ByteSize.FromGibibytes(2)), new PoolWish(1, ByteSize.FromMebibytes(512)), new PoolWish(null, ByteSize.FromGibibytes(1))], 8, problems)!;

        Assert.Empty(problems);
        Assert.Equal(BootPool.MostRegions, regions.Count);
        Assert.Equal(new PhysicalRange(new PhysicalAddress(0x10000), ByteSize.FromKibibytes(512)), regions[0]);
        Assert.All(regions, region => Assert.True(ram.Contains(region)));
        Assert.Equal(regions.Aggregate(0UL, (sum, region) => sum + region.Length.Bytes), PhysicalRangeSet.Of(regions).TotalLength.Bytes);
        Assert.True(machine.Nodes.Single(node => node.Number == 0).Memory.Contains(regions[1]));
        Assert.True(machine.Nodes.Single(node => node.Number == 1).Memory.Contains(regions[2]));
    }

    private ProgramRun Run(params string[] args) => ProgramRun.Of([.. args, "--root", _folder["."]]);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        File.WriteAllText(_folder[path], text);
    }

    private string Tree() => string.Concat(Directory.EnumerateFileSystemEntries(_folder["."], "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(path => $"{Path.GetRelativePath(_folder["."], path)}\n{(new FileInfo(path).LinkTarget is string target ? target : File.Exists(path) ? File.ReadAllText(path) : "")}"));
}
