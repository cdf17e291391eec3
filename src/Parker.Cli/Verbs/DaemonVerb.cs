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
        Verb verb = new("daemon", "Run the daemon that has the partitions: every other verb about partitions speaks with it. Normally systemd starts it.")
        {
            Details =
            [
                "Needs root. Listens on /run/parker/parker.sock; that is for root and, where it exists, the group 'parker', whose members are as good as root. Ends with SIGTERM; partitions go on "
                + "running, and the next daemon takes them over. One at a time: it holds the lock /run/parker/lock.",
            ],
            Examples = [("parker daemon", "Run it until SIGTERM or Ctrl-C; messages go to standard error.")],
        };
        verb.SetAction(_ =>
        {
            if (!surroundings.IsPrivileged)
            {
                throw new CommandFailedException(ExitCode.NoAccess, "Only root can run the daemon: partitions live in physical memory. Run this with sudo.");
            }

            try
            {
                DaemonProgram.RunAsync(StateFolder.DefaultPath).GetAwaiter().GetResult();
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
