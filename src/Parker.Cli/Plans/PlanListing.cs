using System.Globalization;
using Parker.Api;
using Parker.Api.Plans;
using Parker.Cli.Output;

namespace Parker.Cli.Plans;

/// <summary>A plan as text.</summary>
internal static class PlanListing
{
    /// <summary>Writes what becomes of each partition, its steps, and why it was placed there.</summary>
    public static void Write(PlanDocument plan, TextWriter output)
    {
        foreach (PlanChangeDocument change in plan.Changes)
        {
            output.WriteLine($"{change.Partition}: {Meaning(change)}");
            WriteLines("  ", change.Differences, output);
            foreach (PlanStepDocument step in change.Steps)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {step.Order,2} {step.Kind}"));
                WriteLines("       ", step.Details, output);
            }

            WriteLines("  because ", change.Choices, output);
        }

        int steps = plan.Changes.Sum(change => change.Steps.Count);
        int stopped = plan.Changes.Count(change => change.StopsKernel);
        output.WriteLine(steps == 0
            ? $"Nothing is to do. Plan {plan.Hash}"
            : string.Create(CultureInfo.InvariantCulture, $"{steps} {(steps == 1 ? "step" : "steps")}; {(stopped == 0 ? "no kernel is stopped" : $"{stopped} {(stopped == 1 ? "kernel is" : "kernels are")} stopped")}. Plan {plan.Hash}"));
    }

    /// <summary>Writes what is taken, but not as one would expect.</summary>
    public static void WriteWarnings(PlanDocument plan, TextWriter error)
    {
        foreach (DiagnosticDocument diagnostic in plan.Diagnostics)
        {
            error.WriteLine("parker: " + PlainText.Of(diagnostic.ToString()));
        }
    }

    private static string Meaning(PlanChangeDocument change) => change.Kind switch
    {
        "keep" => "stays as it is",
        "create" => "is new",
        "adjust" => "goes on as it is, with another policy",
        "start" => "is started",
        "resize" => "changes while its kernel runs on",
        "replace" => change.StopsKernel ? "changes, which needs a restart" : "changes",
        "remove" => change.StopsKernel ? "is not in the file: it is stopped, and removed" : "is not in the file: it is removed",

        // Of a newer daemon.
        _ => change.Kind,
    };

    private static void WriteLines(string indent, IReadOnlyList<string> lines, TextWriter output)
    {
        foreach (string line in lines)
        {
            output.WriteLine(indent + PlainText.Of(line));
        }
    }
}
