using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Parker.Cli.Tests.Installation;

/// <summary>GRUB's own tools on a copy of what they read, in a folder that has <c>etc/default</c> and <c>boot</c>.</summary>
internal static partial class GrubCopy
{
    private const string MakeConfiguration = "/usr/sbin/grub-mkconfig";
    private const string LinuxEntries = "/etc/grub.d/10_linux";
    private const UnixFileMode Runnable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

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

    /// <summary>Whether the tools are on this machine.</summary>
    public static bool IsPossible => File.Exists(MakeConfiguration) && File.Exists(LinuxEntries);

    /// <summary>Makes a grub.cfg, which <c>grub-script-check</c> must take.</summary>
    /// <returns>The words after the root folder of each <c>linux</c> line, as they stand there.</returns>
    public static IReadOnlyList<string> LinuxWords(string folder)
    {
        // Paths of the machine become those of the copy; all else is as the distribution ships it.
        string probe = Write(folder, "probe", Probe);
        Write(folder, "etc/grub.d/10_linux", File.ReadAllText(LinuxEntries).Replace("/boot/", Path.Combine(folder, "boot/"), StringComparison.Ordinal));
        string etc = Path.Combine(folder, "etc");
        string script = Write(folder, "grub-mkconfig", Settings().Replace(File.ReadAllText(MakeConfiguration), match => $"{match.Groups["name"].Value}={(match.Groups["name"].Value == "sysconfdir" ? etc : probe)}"));
        string result = Path.Combine(folder, "grub.cfg");
        Run("/bin/sh", "-c", $"EUID=0 grub_probe={probe}; export EUID grub_probe; exec /bin/sh {script} -o {result}");
        Run("/usr/bin/grub-script-check", result);
        return [.. LinuxLine().Matches(File.ReadAllText(result)).Select(match => match.Groups["words"].Value)];
    }

    private static string Write(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, Runnable);
        return path;
    }

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

    [GeneratedRegex(@"^\s*linux\t\S+ root=\S+ ro (?<words>.*)$", RegexOptions.Multiline)]
    private static partial Regex LinuxLine();
}
