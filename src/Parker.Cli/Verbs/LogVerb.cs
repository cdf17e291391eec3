using System.CommandLine;
using System.Globalization;
using Parker.Api;
using Parker.Api.Inspection;
using Parker.Cli.Inspections;
using Parker.Cli.Options;
using Parker.Cli.Partitions;
using Parker.Daemon.Inspection;
using Parker.Partition;

namespace Parker.Cli.Verbs;

/// <summary><c>parker log</c>: the kernel log of a partition.</summary>
internal static class LogVerb
{
    // As long as a connection may reasonably stand; then the next one asks.
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string?> name = new("NAME") { Description = "The partition.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> core = CoreFile.Option();
        Option<bool> follow = new("--follow", "-f") { Description = "Go on with what the kernel writes from now on, until interrupted or the partition starts again." };
        Option<bool> decode = new("--decode", "-x") { Description = "Show the level of each record, and the thread (T1) or CPU (C0) that wrote it." };
        Option<int> boot = new("--boot", "-b") { Description = "Of a boot that is over: -1 the last one, -2 the one before it, and so on; 0 the one in memory.", HelpName = "N" };
        boot.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: string text }] && (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) || number > 0))
            {
                result.AddError($"--boot takes 0 or a number below, such as -1, not '{text}'.");
            }
        });
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("log", "Show the kernel log of a partition, read from its memory: also where that kernel hangs, has panicked or was stopped.")
        {
            Details =
            [
                "The kernel is not asked and does not notice. Of a kernel that did not get far enough to say where its log is, the texts are shown that can be found, without times and levels.",
                "With -f -o json each answer is a document of its own.",
                "Logs of boots that are over are kept in /var/lib/parker: 20 of each partition, also of one that was destroyed, 256 MiB of all.",
            ],
            Examples = [("parker log db", "As dmesg would show it in there."), ("parker log db --boot -1", "What it said before it was started again."), ("parker log -f db", "Follow it."), ("parker log db -o json", "With all that belongs to each record.")],
        };
        verb.Add(name);
        verb.Add(core);
        verb.Add(follow);
        verb.Add(decode);
        verb.Add(boot);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            if (CoreFile.Of(parsed.GetValue(name), parsed.GetValue(core)) is string file)
            {
                Show(CoreFile.Read(file, CoreInspection.ReadLog));
                return ExitCode.Done;
            }

            PartitionName which = PartitionDoor.ParseName(parsed.GetValue(name)!);
            LogDocument log = PartitionDoor.Use(surroundings, client => client.Log(which, parsed.GetValue(boot)));
            Show(log);
            while (parsed.GetValue(follow) && log.Position is string position)
            {
                surroundings.Output.Flush();
                log = PartitionDoor.Use(surroundings, client => client.Log(which, position, Wait));
                if (log.Records.Count > 0 || log.Lost > 0)
                {
                    Show(log);
                }
            }

            return ExitCode.Done;

            void Show(LogDocument part)
            {
                if (parsed.GetValue(format) == OutputFormat.Json)
                {
                    surroundings.Output.Write(ApiJson.ToJson(part));
                    return;
                }

                // They were before those that are left.
                if (part.Lost > 0)
                {
                    surroundings.Error.WriteLine($"parker: {part.Lost} records were overwritten before they were read.");
                }

                LogListing.Write(part, parsed.GetValue(decode), surroundings.Output);
                if (part.Source == "text")
                {
                    surroundings.Error.WriteLine("parker: the kernel has not said where its log is (it is in its first second, or did not get further): these are the texts that were found, without times and levels.");
                }
            }
        });
        return verb;
    }
}
