using System.CommandLine;
using Parker.Cli.Verbs;

namespace Parker.Cli;

/// <summary>All verbs of the program, the only place that lists them: help, usage errors and completion come from here.</summary>
internal static class CommandTree
{
    private const string HelpName = "--help";
    private const string VersionName = "--version";

    // In the order in which a newcomer needs them; --help shows them so.
    private static readonly Func<ProgramSurroundings, Verb>[] Verbs =
    [
        CheckVerb.Create,
        InstallVerb.Create,
        UninstallVerb.Create,
        TopologyVerb.Create,
        CaptureVerb.Create,
        PlanVerb.Create,
        ApplyVerb.Create,
        CreateVerb.Create,
        StartVerb.Create,
        StopVerb.Create,
        RestartVerb.Create,
        SetVerb.Create,
        NmiVerb.Create,
        DestroyVerb.Create,
        ListVerb.Create,
        StatusVerb.Create,
        LogVerb.Create,
        PsVerb.Create,
        TopVerb.Create,
        DumpVerb.Create,
        EventsVerb.Create,
        ImageVerb.Create,
        DescribeVerb.Create,
        DaemonVerb.Create,
    ];

    /// <summary>Builds the commands.</summary>
    /// <param name="surroundings">What the verbs write to.</param>
    public static RootCommand Build(ProgramSurroundings surroundings)
    {
        RootCommand root = new("Splits one server into partitions, each with its own Linux kernel, CPUs, memory and PCI devices, without virtualization.");
        root.Options.Clear();
        root.Directives.Clear();
        root.Add(new Option<bool>(HelpName, "-h") { Description = "Explain a verb and its options.", Recursive = true });
        root.Add(new Option<bool>(VersionName) { Description = "Print the version." });
        foreach (Func<ProgramSurroundings, Verb> create in Verbs)
        {
            root.Add(create(surroundings));
        }

        return root;
    }

    /// <summary>Whether <c>--help</c> was given.</summary>
    public static bool AsksForHelp(ParseResult parsed) => parsed.GetResult(HelpName) is not null && parsed.GetValue<bool>(HelpName);

    /// <summary>Whether <c>--version</c> was given.</summary>
    public static bool AsksForVersion(ParseResult parsed) => parsed.GetResult(VersionName) is not null && parsed.GetValue<bool>(VersionName);
}
