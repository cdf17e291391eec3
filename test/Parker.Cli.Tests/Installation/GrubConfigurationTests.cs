using System.Text.RegularExpressions;
using Parker.Fixtures;

namespace Parker.Cli.Tests.Installation;

/// <summary>The kernel gets the parameters that were wanted, whatever stands in them.</summary>
public sealed partial class GrubConfigurationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Kernel_gets_what_was_wanted()
    {
        Assert.SkipUnless(GrubCopy.IsPossible, "grub-mkconfig is not here; './run test' installs grub-common");
        _folder.Write("etc/default/grub", "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\n");
        _folder.Write("boot/vmlinuz-6.12.95-amd64", "");
        ProgramRun run = ProgramRun.Of(
            "install", "--pool", "0=8G,1=8G", "--machine", MachineFixtures.Xeon.ArchivePath, "--root", _folder["."],
            "--append", "intremap=off", "--append", "memmap=64M#0x1000", "--append", "odd=$1$$x#y,z.:/@+%~^!-_");
        Assert.Equal("", run.Error);
        string told = Told().Match(run.Output).Groups["parameters"].Value;
        Assert.Contains("$0x10000 ", told, StringComparison.Ordinal);

        // The first entry, the same among the advanced ones, and the one for recovery.
        IReadOnlyList<string> words = GrubCopy.LinuxWords(_folder["."]);
        Assert.Equal(3, words.Count);
        Assert.All(words.Take(2), line => Assert.Equal("quiet " + told, Understood(line).Trim()));
        Assert.DoesNotContain("memmap", words[2], StringComparison.Ordinal);
    }

    // Outside of quotes GRUB takes a letter after a backslash as it stands.
    private static string Understood(string line) => Escaped().Replace(line, "$1");

    [GeneratedRegex("^The next boot of GRUB has: (?<parameters>.*)$", RegexOptions.Multiline)]
    private static partial Regex Told();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
