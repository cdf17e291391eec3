using System.CommandLine;
using System.Globalization;
using Parker.Api;
using Parker.Api.Plans;
using Parker.Cli.Options;
using Parker.Cli.Partitions;
using Parker.Cli.Plans;
using Parker.Planning.Configuration;

namespace Parker.Cli.Verbs;

/// <summary><c>parker apply</c>: makes a machine what a configuration says.</summary>
internal static class ApplyVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string> file = new("FILE") { Description = $"The configuration; {ParkerConfiguration.DefaultPath} where it is left out.", DefaultValueFactory = _ => ParkerConfiguration.DefaultPath };
        Option<string?> hash = new("--plan") { Description = "Only where the plan has this hash, which 'parker plan' showed.", HelpName = "HASH" };
        Option<bool> stopRunning = new("--stop-running") { Description = "Also where kernels that run are stopped: those of partitions that change or are no longer in the file." };
        Option<TimeSpan> grace = DurationOption.Create("--grace", "How long a kernel may take to shut down before its CPUs are stopped.", TimeSpan.FromSeconds(60));
        Option<bool> dryRun = DryRunOption.Create();
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("apply", "Make the machine what a configuration file says: exactly the steps that 'parker plan' shows.")
        {
            Details =
            [
                "All is given up before anything is taken, so that one partition can get what another one had. Where a step fails, those before it are undone, the last one first: what was "
                + "defined is as before, and what ran runs again, though from its start. Applied again, there is nothing to do.",
                "What runs and does not change goes on. Kernels are stopped only with --stop-running.",
            ],
            Examples =
            [
                ("parker apply", "Do what /etc/parker/parker.toml wants, where no kernel is stopped by it."),
                ("parker apply servers.toml --stop-running --plan 4f1d...", "Just the plan that was looked at, with the restarts that it needs."),
            ],
        };
        verb.Add(file);
        verb.Add(hash);
        verb.Add(stopRunning);
        verb.Add(grace);
        verb.Add(dryRun);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            string text = ConfigurationFile.Read(path);
            PlanDocument plan = PartitionDoor.Use(surroundings, client => client.PlanConfiguration(new PlanRequest(text, path)));
            bool isText = parsed.GetValue(format) == OutputFormat.Table;
            if (isText)
            {
                PlanListing.WriteWarnings(plan, surroundings.Error);
                PlanListing.Write(plan, surroundings.Output);
                surroundings.Output.Flush();
            }

            ApplyRequest request = new(text, path, parsed.GetValue(hash) ?? plan.Hash)
            {
                StopRunning = parsed.GetValue(stopRunning),
                GraceMs = (int)Math.Min(int.MaxValue, parsed.GetValue(grace).TotalMilliseconds),
            };
            bool isDry = parsed.GetValue(dryRun);
            ApplyDocument applied = PartitionDoor.Use(surroundings, client => isDry ? client.PreviewApply(request) : client.Apply(request));
            if (!isText)
            {
                surroundings.Output.Write(ApiJson.ToJson(applied));
            }
            else if (applied.Steps.Count > 0)
            {
                surroundings.Output.WriteLine(isDry
                    ? "Nothing was done: this was a dry run."
                    : string.Create(CultureInfo.InvariantCulture, $"Applied: {applied.Steps.Count} {(applied.Steps.Count == 1 ? "step" : "steps")} taken."));
            }

            return ExitCode.Done;
        });
        return verb;
    }
}
