using System.CommandLine;
using Parker.Cli.Output;
using Parker.Daemon.ControlFiles;
using Parker.Daemon.Hosting;
using Parker.Daemon.State;
using Parker.Runtime.Journal;

namespace Parker.Cli.Verbs;

/// <summary><c>parker daemon</c>: the process that has the partitions.</summary>
internal static class DaemonVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Option<string> controlFiles = new("--control-files")
        {
            Description = "Where the control file system is mounted (docs/control-file-system.md); 'off' for none.",
            HelpName = "DIR|off",
            DefaultValueFactory = _ => ControlFilePlace.DefaultPath,
        };
        controlFiles.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } folder && folder != "off" && !Path.IsPathRooted(folder))
            {
                result.AddError($"--control-files takes a whole path, from / on, or 'off', not '{folder}'.");
            }
        });
        Option<string?> group = new("--control-files-group")
        {
            Description = "The group whose members may read and write control files, beside root: they are as good as root. Without it they are for root alone.",
            HelpName = "GROUP",
        };
        Verb verb = new("daemon", "Run the daemon that has the partitions: every other verb about partitions speaks with it. Normally systemd starts it.")
        {
            Details =
            [
                "Needs root. Listens on /run/parker/parker.sock; that is for root and, where it exists, the group 'parker', whose members are as good as root. Ends with SIGTERM; partitions go on "
                + "running, and the next daemon takes them over. One at a time: it holds the lock /run/parker/lock.",
                "Partitions are files below /run/parker/fs, too. Where the Boot Kernel has no FUSE the daemon says so, and goes on without.",
            ],
            Examples = [("parker daemon", "Run it until SIGTERM or Ctrl-C; messages go to standard error."), ("parker daemon --control-files off", "The same without the control file system.")],
        };
        verb.Add(controlFiles);
        verb.Add(group);
        verb.SetAction(parsed =>
        {
            if (!surroundings.IsPrivileged)
            {
                throw new CommandFailedException(ExitCode.NoAccess, "Only root can run the daemon: partitions live in physical memory. Run this with sudo.");
            }

            try
            {
                ControlFilePlace? place = parsed.GetValue(controlFiles) is { } folder && folder != "off" ? new ControlFilePlace(folder, parsed.GetValue(group)) : null;
                DaemonProgram.RunAsync(StateFolder.DefaultPath, place, ControlFileListings.Texts).GetAwaiter().GetResult();
                return ExitCode.Done;
            }
            catch (JournalCorruptException corrupt)
            {
                throw new CommandFailedException(ExitCode.Failed, corrupt.Message);
            }
        });
        return verb;
    }
}
