using System.CommandLine;
using System.Globalization;
using Parker.Api.Partitions;
using Parker.Boot.Building;
using Parker.Cli.Descriptions;
using Parker.Cli.Machines;
using Parker.Cli.Options;
using Parker.Cli.Output;
using Parker.Cli.Partitions;
using Parker.Daemon.Partitions;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology.Reading;
using Parker.Partition;
using Parker.Planning.Explicit;
using Parker.Runtime.Journal;

namespace Parker.Cli.Verbs;

/// <summary><c>parker describe</c>: what a partition's kernel is told, as files.</summary>
internal static class DescribeVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string> name = new("NAME") { Description = "The partition: one that is defined here, or any name where the options say what it gets." };
        Argument<string> directory = new("DIR") { Description = "Where to write; it is made where it is not there." };
        PartitionOptions options = new(isOptional: true);
        Option<string?> root = RootOption.Create();
        Option<bool> force = new("--force") { Description = "Write into a directory that is not empty, over an earlier description." };
        Verb verb = new("describe", "Write what a partition's kernel is told: ACPI tables, memory maps, command line, and what lies where in its memory.")
        {
            Details =
            [
                "Without the options that say what the partition gets, it is one that is defined on this machine; that needs root. With them nothing has to be defined, with --root not "
                + "even the machine be there, and nothing is changed but the directory. Partitions that are defined are then not looked at.",
                "'iasl -d DIR/*.aml' turns the tables into source. docs/machine-description.md says what each is for.",
            ],
            Examples =
            [
                ("parker describe db db-description", "What the partition db gets at its next start."),
                ("parker describe db out --root server7.tar.zst --cpus 8 --memory 16G --kernel vmlinuz", "What a partition on a captured machine would get."),
            ],
        };
        verb.Add(name);
        verb.Add(directory);
        options.AddTo(verb);
        verb.Add(root);
        verb.Add(force);
        verb.Validators.Add(result =>
        {
            if (result.GetValue(root) is not null && !options.AreGiven(result))
            {
                result.AddError("--root needs --cpus, --memory and --kernel: no partition is defined on a captured machine.");
            }
        });
        verb.SetAction(parsed =>
        {
            DescriptionFolder folder = new(parsed.GetRequiredValue(directory));
            folder.Check(parsed.GetValue(force));
            string which = parsed.GetRequiredValue(name);
            (PartitionPlan plan, PartitionDocument document) = options.AreGiven(parsed.CommandResult)
                ? Wanted(options.ToRequest(parsed, which), parsed.GetValue(root), surroundings)
                : Defined(PartitionDoor.ParseName(which), surroundings);
            IReadOnlyList<DescriptionFile> files = Describe(plan, document, surroundings);
            folder.Write(files);

            TableWriter table = new(new("FILE"), new("BYTES", true), new("CONTENT"));
            foreach (DescriptionFile file in files)
            {
                table.Add(file.Name, file.Bytes.Length.ToString(CultureInfo.InvariantCulture), file.Content);
            }

            surroundings.Output.WriteLine($"Partition {plan.Name} is described in {PlainText.Of(parsed.GetRequiredValue(directory))}:");
            table.WriteTo(surroundings.Output);
            return ExitCode.Done;
        });
        return verb;
    }

    private static (PartitionPlan Plan, PartitionDocument Document) Defined(PartitionName name, ProgramSurroundings surroundings) =>
        PartitionDoor.Use(surroundings, client => (PlanJson.Read(client.Plan(name)), client.Status(name)));

    private static (PartitionPlan Plan, PartitionDocument Document) Wanted(PartitionRequest request, string? root, ProgramSurroundings surroundings)
    {
        DiagnosticBag diagnostics = [];
        PartitionPlan? plan = PartitionRequestReader.TryRead(request, diagnostics) is PartitionWish wish
            ? new ExplicitPlanner(TopologyReader.Read(MachineSources.Open(root)), []).TryPlan(wish, diagnostics)
            : null;
        Tell(diagnostics, isRefused: plan is null, surroundings);
        return (plan!, PartitionDocument.Of(plan!, PartitionPolicy.None, PartitionState.Defined, new EvidenceDocument("described, not defined", DateTimeOffset.UtcNow)));
    }

    private static IReadOnlyList<DescriptionFile> Describe(PartitionPlan plan, PartitionDocument document, ProgramSurroundings surroundings)
    {
        DiagnosticBag diagnostics = [];
        using ImageFiles? files = ImageFiles.TryOpen(plan, Guid.Empty, 0, DateOnly.FromDateTime(DateTime.UtcNow), hold: false, diagnostics);
        Tell(diagnostics, isRefused: files is null, surroundings);
        return DescriptionFiles.Of(document, files!);
    }

    private static void Tell(DiagnosticBag diagnostics, bool isRefused, ProgramSurroundings surroundings)
    {
        if (isRefused)
        {
            throw PartitionDoor.Refused(diagnostics);
        }

        foreach (Diagnostic diagnostic in diagnostics)
        {
            surroundings.Error.WriteLine("parker: " + PlainText.Of(diagnostic.ToString()));
        }
    }
}
