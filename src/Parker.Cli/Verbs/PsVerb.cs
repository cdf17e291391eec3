using System.CommandLine;
using System.Globalization;
using Parker.Api;
using Parker.Api.Inspection;
using Parker.Cli.Inspections;
using Parker.Cli.Options;
using Parker.Cli.Output;
using Parker.Cli.Partitions;
using Parker.Daemon.Inspection;
using Parker.Machine;

namespace Parker.Cli.Verbs;

/// <summary><c>parker ps</c>: the threads of a partition.</summary>
internal static class PsVerb
{
    private const int LongestCommand = 100;

    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string?> name = new("NAME") { Description = "The partition.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> core = CoreFile.Option();
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("ps", "Show the threads of a partition, read from its memory: state, CPU, CPU time, memory, command.")
        {
            Details =
            [
                "The kernel's own symbols (from Linux 6.0 on) and types (BTF) say where everything is; no agent runs there. CPUs are those of the Application Kernel.",
                "On a kernel that starts and ends threads all the time the list may be a part; standard error then says so.",
            ],
            Examples = [("parker ps db", "For people."), ("parker ps db -o json", "For programs.")],
        };
        verb.Add(name);
        verb.Add(core);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            ThreadListDocument list = CoreFile.Of(parsed.GetValue(name), parsed.GetValue(core)) is string file
                ? CoreFile.Read(file, CoreInspection.ListThreads)
                : PartitionDoor.Use(surroundings, client => client.Threads(PartitionDoor.ParseName(parsed.GetValue(name)!)));
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                surroundings.Output.Write(ApiJson.ToJson(list));
            }
            else
            {
                Write(list, surroundings.Output);
            }

            if (!list.Complete)
            {
                surroundings.Error.WriteLine("parker: the kernel's list of threads changed or ended in garbage while it was read; this is a part of it.");
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static void Write(ThreadListDocument list, TextWriter output)
    {
        TableWriter table = new(new("PID", true), new("TID", true), new("PPID", true), new("STATE"), new("CPU", true), new("TIME", true), new("RSS", true), new("COMMAND"));
        foreach (ThreadDocument thread in list.Threads)
        {
            table.Add(
                thread.ProcessId.ToString(CultureInfo.InvariantCulture),
                thread.ThreadId.ToString(CultureInfo.InvariantCulture),
                thread.ParentId.ToString(CultureInfo.InvariantCulture),
                thread.State,
                thread.Cpu?.ToString(CultureInfo.InvariantCulture) ?? "",
                string.Create(CultureInfo.InvariantCulture, $"{thread.CpuTimeNs / 1e9:0.00}"),
                thread.ResidentBytes > 0 ? new ByteSize(thread.ResidentBytes).ToDisplayString() : "",
                thread.Command.Length > 0 ? PlainText.Cut(PlainText.Of(thread.Command), LongestCommand) : $"[{PlainText.Of(thread.Name)}]");
        }

        table.WriteTo(output);
    }
}
