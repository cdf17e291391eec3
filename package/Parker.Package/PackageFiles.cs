using System.CommandLine;
using Parker.Cli;
using Parker.Cli.Help;
using Parker.Cli.Installation;
using Parker.Package.Completion;
using Parker.Package.Manuals;

namespace Parker.Package;

/// <summary>The files that are made: all of the package but the program, what only dpkg reads, and documents that are taken as they are.</summary>
internal static class PackageFiles
{
    /// <summary>Where the package puts the program.</summary>
    public const string Program = "/usr/bin/parker";

    /// <summary>The files.</summary>
    /// <param name="date">The date of the manual pages.</param>
    /// <returns>Path below the root folder, and text; the same each time.</returns>
    public static IReadOnlyList<(string Path, string Text)> All(DateOnly date)
    {
        RootCommand root = Definitions();
        List<(string Path, string Text)> files =
        [
            ("usr/lib/systemd/system/parker.service", ServiceFiles.Daemon(Program, "parker-daemon(1)")),
            ("usr/lib/systemd/system/parker-autostart.service", ServiceFiles.Partitions(Program, "parker(1)")),
            ("usr/lib/tmpfiles.d/parker.conf", ServiceFiles.Folders),
            ("usr/lib/sysusers.d/parker.conf", ServiceFiles.Group),
            ("usr/share/doc/parker/examples/parker.toml", ServiceFiles.Example),
            ("usr/share/bash-completion/completions/parker", BashCompletion.Of(root)),
            ("usr/share/zsh/vendor-completions/_parker", ZshCompletion.Of(root)),
            ("usr/share/fish/vendor_completions.d/parker.fish", FishCompletion.Of(root)),
            ("usr/share/man/man1/parker.1", CommandManual.OfProgram(root, date)),
            ("usr/share/man/man5/parker.toml.5", ConfigurationManual.Of(date)),
        ];
        files.AddRange(CommandText.Verbs(root).Select(verb => ($"usr/share/man/man1/parker-{verb.Name}.1", CommandManual.OfVerb(verb, date))));
        return files;
    }

    /// <summary>The program's verbs; none of them is ever run.</summary>
    public static RootCommand Definitions()
    {
        using ProgramSurroundings nowhere = new() { Output = TextWriter.Null, Error = TextWriter.Null, UseColour = false, SocketPath = "", IsPrivileged = false };
        return CommandTree.Build(nowhere);
    }
}
