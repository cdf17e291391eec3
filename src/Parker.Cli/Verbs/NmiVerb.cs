using System.CommandLine;
using Parker.Api;
using Parker.Api.Partitions;
using Parker.Cli.Options;
using Parker.Cli.Partitions;

namespace Parker.Cli.Verbs;

/// <summary><c>parker nmi</c>: interrupts a kernel that hangs.</summary>
internal static class NmiVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string> name = new("NAME") { Description = "The partition." };
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("nmi", "Send an NMI to a partition's first CPU: a kernel that hangs with interrupts off takes it too.")
        {
            Details =
            [
                "What comes of it is the kernel's choice: with the sysctl kernel.unknown_nmi_panic=1 in the partition (or unknown_nmi_panic on its command line) it panics, which shows where it "
                + "hung; without, it says in its log that the NMI was unknown, and goes on. A CPU that is not held gets nothing.",
            ],
            Examples = [("parker nmi db", "See then 'parker log db'.")],
        };
        verb.Add(name);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            NmiDocument sent = PartitionDoor.Use(surroundings, client => client.SendNmi(PartitionDoor.ParseName(parsed.GetRequiredValue(name))));
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                surroundings.Output.Write(ApiJson.ToJson(sent));
            }
            else
            {
                surroundings.Output.WriteLine($"{sent.Partition}: an NMI was sent to CPU {sent.Cpu} (APIC ID {sent.ApicId}); {Expectation(sent)}");
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static string Expectation(NmiDocument sent) => sent.KernelPanics switch
    {
        true => "its kernel panics on it (kernel.unknown_nmi_panic is 1)",
        false => $"its kernel says so in its log and goes on (kernel.unknown_nmi_panic is 0): 'parker log {sent.Partition}'",
        null => $"what its kernel makes of it is not known: 'parker log {sent.Partition}'",
    };
}
