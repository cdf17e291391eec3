using System.Text;
using Parker.Machine;

namespace Parker.Cli.Installation;

/// <summary>What boot loaders are told.</summary>
internal static class BootFiles
{
    /// <summary>The kernel parameters for a pool.</summary>
    /// <param name="regions">What the Boot Kernel is to keep out of.</param>
    public static IReadOnlyList<string> Parameters(IEnumerable<PhysicalRange> regions) =>
        [.. regions.Select(region => $"memmap={region.Length.ToKernelParameter()}${region.Start}"), "no_ipi_broadcast=1"];

    /// <summary>A file that grub-mkconfig reads after /etc/default/grub.</summary>
    /// <remarks>
    /// The text passes two readers. A shell sources it: within single quotes it takes everything as it stands. 10_linux writes the value into grub.cfg, where GRUB's own script language
    /// would replace $0 and take a number sign for a comment; a backslash before each keeps it. So the value is the parameter with backslashes, and the quotes keep the shell from them. Recovery entries do not
    /// have the variable, and so boot without a pool.
    /// </remarks>
    public static string Grub(IEnumerable<string> parameters) =>
        $"""
        # Written by 'parker install'; 'parker uninstall' removes it. Run update-grub after changes.
        GRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT "'{string.Join(' ', parameters).Replace("$", "\\$", StringComparison.Ordinal).Replace("#", "\\#", StringComparison.Ordinal)}'

        """;

    /// <summary>A systemd-boot entry like another one, with parameters appended; its text is taken as it stands.</summary>
    public static string? Entry(string entry, IEnumerable<string> parameters)
    {
        bool hasOptions = false;
        StringBuilder text = new();
        foreach (string line in entry.Split('\n'))
        {
            string[] words = line.Split([' ', '\t'], 2);
            bool isOptions = words[0] == "options" && !hasOptions;
            hasOptions |= isOptions;
            text.Append(isOptions ? $"{line.TrimEnd()} {string.Join(' ', parameters)}" : words[0] == "title" ? $"{line.TrimEnd()} (with Parker's pool)" : line).Append('\n');
        }

        return hasOptions ? text.ToString().TrimEnd('\n') + "\n" : null;
    }
}
