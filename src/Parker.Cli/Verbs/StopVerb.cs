using System.CommandLine;
using Parker.Api;
using Parker.Api.Partitions;
using Parker.Cli.Options;
using Parker.Cli.Partitions;
using Parker.Partition;

namespace Parker.Cli.Verbs;

/// <summary><c>parker stop</c>: stops partitions.</summary>
internal static class StopVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Option<bool> now = new("--now") { Description = "Do not ask the kernel; stop its CPUs at once." };
        Option<TimeSpan> grace = DurationOption.Create("--grace", "How long the kernel may take to shut down before its CPUs are stopped.", TimeSpan.FromSeconds(60));
        Option<bool> dryRun = DryRunOption.Create();
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("stop", "Stop partitions: ask their kernel to shut down in order, then stop their CPUs, with proof.")
        {
            Details =
            [
                "The kernel is asked through its thermal zone, and its own poweroff runs. Then, or when the grace is over, each CPU gets an INIT and proves by running a stub that it "
                + "stands still; a CPU that does not makes the partition leaked. The partition keeps what it holds: start it again, or destroy it.",
            ],
            Examples = [("parker stop db", "Ask, and wait up to 60 s."), ("parker stop --now db", "Force."), ("parker stop --all --grace 90s", "All, before the server goes down.")],
        };
        PartitionChoice choice = new(verb, "All that may run, side by side: what the Boot Kernel's shutdown does.");
        verb.Add(now);
        verb.Add(grace);
        verb.Add(dryRun);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            TimeSpan patience = parsed.GetValue(now) ? TimeSpan.Zero : parsed.GetValue(grace);
            IReadOnlyList<PartitionName> wanted = choice.IsAll(parsed) ? Running(surroundings) : choice.Named(parsed);
            if (parsed.GetValue(dryRun))
            {
                foreach (PartitionName name in wanted)
                {
                    PreviewListing.Write(PartitionDoor.Use(surroundings, client => client.PreviewStop(name, patience)), parsed.GetValue(format), surroundings.Output);
                }

                return ExitCode.Done;
            }

            if (!choice.IsAll(parsed))
            {
                foreach (PartitionName name in wanted)
                {
                    Show(PartitionDoor.Use(surroundings, client => client.Stop(name, patience)));
                }

                return ExitCode.Done;
            }

            // Each kernel takes its own time; the machine's shutdown waits for the slowest, not for the sum.
            Task<PartitionDocument>[] stops = [.. wanted.Select(name => Task.Factory.StartNew(
                () => PartitionDoor.Use(surroundings, client => client.Stop(name, patience)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
            CommandFailedException? failure = null;
            foreach (Task<PartitionDocument> stop in stops)
            {
                try
                {
                    Show(stop.GetAwaiter().GetResult());
                }
                catch (CommandFailedException failed)
                {
                    failure = failed.After(failure);
                }
            }

            return failure is null ? ExitCode.Done : throw failure;

            void Show(PartitionDocument partition)
            {
                if (parsed.GetValue(format) == OutputFormat.Json)
                {
                    surroundings.Output.Write(ApiJson.ToJson(partition));
                }
                else
                {
                    surroundings.Output.WriteLine($"{partition.Name}: {partition.State}, {partition.Evidence.Text}");
                }
            }
        });
        return verb;
    }

    // What has a boot and holds the machine may run, whatever its state says.
    private static IReadOnlyList<PartitionName> Running(ProgramSurroundings surroundings) =>
        [.. PartitionDoor.Use(surroundings, client => client.List()).Partitions.Where(partition => partition.HoldsMachine && partition.State != "stopped").Select(partition => PartitionName.Parse(partition.Name))];
}
