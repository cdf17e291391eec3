using System.CommandLine;
using Parker.Api;
using Parker.Api.Partitions;
using Parker.Cli.Options;
using Parker.Cli.Partitions;

namespace Parker.Cli.Verbs;

/// <summary><c>parker create</c>: defines a partition.</summary>
internal static class CreateVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string> name = new("NAME") { Description = "The partition's name: small letters, digits and '-'." };
        PartitionOptions options = new();
        Option<bool> dryRun = new("--dry-run") { Description = "Check everything and show what would be defined; define nothing." };
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("create", "Define a partition: its CPUs, memory, devices, kernel and initrd. Takes nothing of the machine yet.")
        {
            Details =
            [
                "CPUs and memory that are counted are placed on one NUMA node where they fit, near the devices; whole cores first. A device brings every device on its bus. "
                + "'parker start' claims, loads and starts what was defined here.",
            ],
            Examples =
            [
                ("parker create db --cpus 8 --memory 16G --device 0000:81:00.0 --kernel /boot/vmlinuz-6.12.95-amd64 --initrd /boot/initrd.img-6.12.95-amd64 --cmdline 'root=/dev/nvme0n1p2 ro'", "Eight CPUs wherever they fit near the disk."),
                ("parker create web --cpus 4 --memory 8G --kernel /boot/vmlinuz --initrd /boot/initrd.img --restart on-failure --autostart", "Started with the daemon, and again after a panic or a hang."),
                ("parker create rt --cpus 8-11 --memory 2G@0x480000000 --kernel /boot/vmlinuz-rt", "These CPUs and this memory."),
            ],
        };
        verb.Add(name);
        options.AddTo(verb, withPolicy: true);
        verb.Add(dryRun);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            bool isDry = parsed.GetValue(dryRun);
            PartitionRequest request = options.ToRequest(parsed, parsed.GetRequiredValue(name));
            PartitionDocument partition = PartitionDoor.Use(surroundings, client => isDry ? client.PreviewCreate(request) : client.Create(request));
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                surroundings.Output.Write(ApiJson.ToJson(partition));
            }
            else
            {
                surroundings.Output.WriteLine(isDry ? $"Partition {partition.Name} would be:" : $"Partition {partition.Name} is defined:");
                PartitionListing.WriteStatus(partition, DateTimeOffset.UtcNow, surroundings.Output);
            }

            return ExitCode.Done;
        });
        return verb;
    }
}
