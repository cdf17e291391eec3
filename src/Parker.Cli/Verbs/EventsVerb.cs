using System.CommandLine;
using System.Globalization;
using Parker.Api;
using Parker.Api.Events;
using Parker.Cli.Options;
using Parker.Cli.Output;
using Parker.Cli.Partitions;

namespace Parker.Cli.Verbs;

/// <summary><c>parker events</c>: what happened to the partitions.</summary>
internal static class EventsVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string[]> names = new("NAME") { Description = "Only those of these partitions.", Arity = ArgumentArity.ZeroOrMore };
        Option<bool> follow = new("--follow", "-f") { Description = "Go on with what happens from now on, until interrupted or the daemon ends." };
        Option<long> after = new("--after") { Description = "Only what came after the event of this id.", HelpName = "ID" };
        after.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: string text }] && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                result.AddError($"--after takes the id of an event, a number from 0 on, not '{text}'.");
            }
        });
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("events", "Show what happened to the partitions: each step that changed the machine, each state, and who asked for it.")
        {
            Details =
            [
                "The daemon keeps the latest 10,000, and has those of its journal after it was started anew. Who asked is known of what happened since the daemon was started.",
                "With -o json each event is a document in a line of its own.",
            ],
            Examples = [("parker events db", "All that is known of db."), ("parker events -f -o json", "For a program that waits.")],
        };
        verb.Add(names);
        verb.Add(follow);
        verb.Add(after);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            HashSet<string> wanted = [.. PartitionDoor.ParseNames(parsed.GetValue(names) ?? []).Select(name => name.ToString())];
            return PartitionDoor.Use(surroundings, client =>
            {
                foreach (EventDocument one in client.Events(parsed.GetValue(after), parsed.GetValue(follow)).Where(one => wanted.Count == 0 || wanted.Contains(one.Partition)))
                {
                    surroundings.Output.WriteLine(parsed.GetValue(format) == OutputFormat.Json ? ApiJson.ToLine(one) : Line(one));
                    if (parsed.GetValue(follow))
                    {
                        surroundings.Output.Flush();
                    }
                }

                return parsed.GetValue(follow)
                    ? throw new CommandFailedException(ExitCode.Failed, "The daemon ended, and nobody is told what happens until it is started again; '--after' with the last id goes on from here.")
                    : ExitCode.Done;
            });
        });
        return verb;
    }

    private static string Line(EventDocument one)
    {
        string who = one.Uid is uint uid ? string.Create(CultureInfo.InvariantCulture, $" (uid {uid})") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{one.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}  {one.Partition,-12}  {one.Kind,-15}  {PlainText.Of(one.Text)}{who}");
    }
}
