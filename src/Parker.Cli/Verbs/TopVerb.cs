using System.CommandLine;
using Parker.Api;
using Parker.Api.Inspection;
using Parker.Cli.Inspections;
using Parker.Cli.Options;
using Parker.Cli.Partitions;
using Parker.Partition;

namespace Parker.Cli.Verbs;

/// <summary><c>parker top</c>: how busy and how full a partition is.</summary>
internal static class TopVerb
{
    // ECMA-48: cursor to the upper left corner, erase to the end of the screen.
    private const string ClearScreen = "\u001b[H\u001b[2J";

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string> name = new("NAME") { Description = "The partition." };
        Option<TimeSpan> interval = DurationOption.Create("--interval", "How long to wait from one reading to the next.", TimeSpan.FromSeconds(1));
        Option<int?> count = new("--count", "-n") { Description = "How often to show it; on a terminal until interrupted where it is not given, else once.", HelpName = "N" };
        count.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: string text }] && (!int.TryParse(text, out int number) || number < 1))
            {
                result.AddError($"--count takes a number from 1 on, not '{text}'.");
            }
        });
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("top", "Show how busy the CPUs of a partition are, its load and its memory, read from its memory.")
        {
            Details =
            [
                "The kernel's own symbols (from Linux 6.0 on) and types (BTF) say where everything is; no agent runs there. CPUs are those of the Application Kernel.",
                "With -o json each reading is a document with times that count up since the kernel began; the difference of two is what happened between them.",
            ],
            Examples = [("parker top db", "Each second, until interrupted."), ("parker top db -n 1 --interval 10s", "Once, over ten seconds."), ("parker top db -o json", "For programs.")],
        };
        verb.Add(name);
        verb.Add(interval);
        verb.Add(count);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            PartitionName which = PartitionDoor.ParseName(parsed.GetRequiredValue(name));
            TimeSpan pause = parsed.GetValue(interval) is TimeSpan asked && asked > ShortestInterval ? asked : ShortestInterval;
            int? times = parsed.GetValue(count) ?? (surroundings.UseColour ? null : 1);
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                ShowDocuments(surroundings, which, pause, times);
            }
            else
            {
                ShowTables(surroundings, which, pause, times);
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static void ShowDocuments(ProgramSurroundings surroundings, PartitionName name, TimeSpan pause, int? times)
    {
        for (int shown = 0; shown < (times ?? int.MaxValue); shown++)
        {
            if (shown > 0)
            {
                Thread.Sleep(pause);
            }

            surroundings.Output.Write(ApiJson.ToJson(Read(surroundings, name)));
            surroundings.Output.Flush();
        }
    }

    private static void ShowTables(ProgramSurroundings surroundings, PartitionName name, TimeSpan pause, int? times)
    {
        UsageDocument before = Read(surroundings, name);
        for (int shown = 0; shown < (times ?? int.MaxValue); shown++)
        {
            Thread.Sleep(pause);
            UsageDocument after = Read(surroundings, name);
            if (surroundings.UseColour && times != 1)
            {
                surroundings.Output.Write(ClearScreen);
            }
            else if (shown > 0)
            {
                surroundings.Output.WriteLine();
            }

            // A kernel that was started again counts anew.
            UsageListing.Write(before.BootId == after.BootId ? before : after, after, surroundings.Output);
            surroundings.Output.Flush();
            before = after;
        }
    }

    private static UsageDocument Read(ProgramSurroundings surroundings, PartitionName name) => PartitionDoor.Use(surroundings, client => client.Usage(name));
}
