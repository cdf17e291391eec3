using System.Diagnostics;
using System.Text.RegularExpressions;
using Parker.Fixtures;

namespace Parker.Cli.Tests.Installation;

/// <summary>GRUB's own tools on a copy of what they read: the kernel gets the parameters that were wanted, whatever stands in them.</summary>
public sealed partial class GrubConfigurationTests : IDisposable
{
    private const string MakeConfiguration = "/usr/sbin/grub-mkconfig";
    private const string LinuxEntries = "/etc/grub.d/10_linux";

    // What grub-probe says of a disk; there may be none below a container's root folder.
    private const string Probe =
        """
        #!/bin/sh
        for word; do
            case $word in
                --target=device) echo /dev/sda1 ;;
                --target=fs_uuid) echo 0123-4567 ;;
                --target=fs | fs) echo ext2 ;;
                --target=partmap) echo gpt ;;
                --target=compatibility_hint) echo hd0,gpt1 ;;
            esac
        done

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Kernel_gets_what_was_wanted()
    {
        Assert.SkipUnless(File.Exists(MakeConfiguration) && File.Exists(LinuxEntries), "grub-mkconfig is not here; './run test' installs grub-common");
        _folder.Write("etc/default/grub", "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\n");
        _folder.Write("boot/vmlinuz-6.12.95-amd64", "");
        ProgramRun run = ProgramRun.Of(
            "install", "--pool", "0=8G,1=8G", "--machine", MachineFixtures.Xeon.ArchivePath, "--root", _folder["."],
            "--append", "intremap=off", "--append", "memmap=64M#0x1000", "--append", "odd=$1$$x#y,z.:/@+%~^!-_");
        Assert.Equal("", run.Error);
        string told = Told().Match(run.Output).Groups["parameters"].Value;
        Assert.Contains("$0x10000 ", told, StringComparison.Ordinal);

        string[] lines = [.. File.ReadAllLines(MakeAndCheck()).Select(line => line.Trim()).Where(line => line.StartsWith("linux\t", StringComparison.Ordinal))];

        // The first entry, the same among the advanced ones, and the one for recovery.
        Assert.Equal(3, lines.Length);
        Assert.All(lines[..2], line => Assert.EndsWith(" ro  quiet " + told, Understood(line), StringComparison.Ordinal));
        Assert.DoesNotContain("memmap", lines[2], StringComparison.Ordinal);
    }

    // Paths of the machine become those of the copy; all else is as the distribution ships it.
    private string MakeAndCheck()
    {
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        string probe = _folder.Write("probe", Probe);
        string entries = _folder.Write("etc/grub.d/10_linux", File.ReadAllText(LinuxEntries).Replace("/boot/", _folder["boot/"], StringComparison.Ordinal));
        string script = _folder.Write("grub-mkconfig", Settings().Replace(File.ReadAllText(MakeConfiguration), match => $"{match.Groups["name"].Value}={(match.Groups["name"].Value == "sysconfdir" ? _folder["etc"] : probe)}"));
        File.SetUnixFileMode(probe, mode);
        File.SetUnixFileMode(entries, mode);
        string result = _folder["grub.cfg"];
        Run("/bin/sh", "-c", $"EUID=0 grub_probe={probe}; export EUID grub_probe; exec /bin/sh {script} -o {result}");
        Run("/usr/bin/grub-script-check", result);
        return result;
    }

    // Outside of quotes GRUB takes a letter after a backslash as it stands.
    private static string Understood(string line) => Escaped().Replace(line, "$1");

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)));
        Assert.True(process.ExitCode == 0, output.GetAwaiter().GetResult() + error);
    }

    [GeneratedRegex("^(?<name>sysconfdir|grub_probe)=.*$", RegexOptions.Multiline)]
    private static partial Regex Settings();

    [GeneratedRegex("^The next boot of GRUB has: (?<parameters>.*)$", RegexOptions.Multiline)]
    private static partial Regex Told();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
