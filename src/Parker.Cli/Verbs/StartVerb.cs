using System.CommandLine;
using Parker.Api.Partitions;
using Parker.Cli.Options;
using Parker.Cli.Partitions;
using Parker.Partition;

namespace Parker.Cli.Verbs;

/// <summary><c>parker start</c>: claims, loads and starts partitions.</summary>
internal static class StartVerb
{
    private const string Init = "init";

    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string[]> names = new("NAME") { Description = "The partitions.", Arity = ArgumentArity.OneOrMore };
        Option<string?> wait = new("--wait") { Description = "Return when the kernel gives its first heartbeat (running), or runs init as its memory tells (init), not at its first instruction.", HelpName = "running|init" };
        wait.AcceptOnlyFromAmong("running", Init);
        Option<TimeSpan> timeout = DurationOption.Create("--timeout", "How long --wait waits.", TimeSpan.FromSeconds(90));
        Option<bool> dryRun = DryRunOption.Create();
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("start", "Start partitions: take their CPUs and devices, load their kernel, and start it.")
        {
            Details =
            [
                "Returns when the first CPU has taken its first instruction. A step that fails is undone, and so are the ones before it. What a partition holds stays held when its "
                + "kernel ends, until 'parker destroy'; starting it again zeroes its memory first.",
            ],
            Examples = [("parker start db rt", "Start two partitions."), ("parker start db --wait running --timeout 30s", "Wait for the kernel's first heartbeat."), ("parker start db --dry-run", "Show each step.")],
        };
        verb.Add(names);
        verb.Add(wait);
        verb.Add(timeout);
        verb.Add(dryRun);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            foreach (PartitionName name in PartitionDoor.ParseNames(parsed.GetRequiredValue(names)))
            {
                if (parsed.GetValue(dryRun))
                {
                    PreviewListing.Write(PartitionDoor.Use(surroundings, client => client.PreviewStart(name)), parsed.GetValue(format), surroundings.Output);
                    continue;
                }

                StartDocument start = PartitionDoor.Use(surroundings, client =>
                {
                    StartDocument started = client.Start(name);
                    return parsed.GetValue(wait) is null ? started : started with { Partition = client.Await(name, parsed.GetValue(wait)!, parsed.GetValue(timeout)) };
                });
                StartListing.Write(start, parsed.GetValue(format), surroundings.Output);
                if (parsed.GetValue(wait) is not null && start.Partition.State != "running")
                {
                    throw new CommandFailedException(ExitCode.Failed, $"Partition {name} is {start.Partition.State}, not running: {start.Partition.Evidence.Text}.");
                }

                if (parsed.GetValue(wait) == Init && start.Partition.Observed?.InitStarted != true)
                {
                    throw new CommandFailedException(ExitCode.Failed, start.Partition.Observed is { InitStarted: null }
                        ? $"Partition {name} is running, but its kernel does not tell whether it runs init: '--wait running' waits for its heartbeat."
                        : $"Partition {name} is running, and its kernel has not come to init: 'parker log {name}' shows what it does.");
                }
            }

            return ExitCode.Done;
        });
        return verb;
    }
}
