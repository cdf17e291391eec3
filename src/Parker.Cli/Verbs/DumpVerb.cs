using System.CommandLine;
using System.Globalization;
using Parker.Api;
using Parker.Api.Inspection;
using Parker.Cli.Options;
using Parker.Cli.Output;
using Parker.Cli.Partitions;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Cli.Verbs;

/// <summary><c>parker dump</c>: the memory of a partition as an ELF core.</summary>
internal static class DumpVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string> name = new("NAME") { Description = "The partition." };
        Argument<string> file = new("FILE") { Description = "The file to write." };
        Option<bool> zstd = new("--zstd") { Description = "Compress it; 'zstd -d' unpacks it for crash and drgn." };
        Option<bool> force = new("--force") { Description = "Replace the file where it is there already." };
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("dump", "Write the memory of a partition as an ELF core, for crash or drgn: of a kernel that runs, hangs, has panicked or was stopped.")
        {
            Details =
            [
                "The kernel goes on meanwhile and does not notice, so what it changes in that time is in the dump as it was when its page was read. Pages of zeros are holes in the file.",
                "Registers of CPUs are in the dump only where the kernel itself saved them; what every sleeping thread did is on its stack in any case.",
                "The file is this user's and only he can read it: it holds all secrets of that kernel.",
            ],
            Examples = [("parker dump db db.core", "Then 'crash vmlinux db.core', with the kernel's debug symbols."), ("parker dump db db.core.zst --zstd", "Smaller, and slower.")],
        };
        verb.Add(name);
        verb.Add(file);
        verb.Add(zstd);
        verb.Add(force);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            PartitionName which = PartitionDoor.ParseName(parsed.GetRequiredValue(name));
            string path = parsed.GetRequiredValue(file);
            if (!parsed.GetValue(force) && Path.Exists(path))
            {
                throw new CommandFailedException(ExitCode.Refused, $"Cannot write '{path}': it is there already. Choose another name, or replace it with --force.");
            }

            DumpDocument dump = Save(surroundings, which, path, parsed.GetValue(zstd));
            surroundings.Output.Write(parsed.GetValue(format) == OutputFormat.Json ? ApiJson.ToJson(dump) : Describe(dump, path) + "\n");
            return ExitCode.Done;
        });
        return verb;
    }

    // The daemon reads the memory and writes the file, but this process opens it: so it is where and whose this user can have files, and no byte goes through the socket.
    private static DumpDocument Save(ProgramSurroundings surroundings, PartitionName name, string path, bool zstd)
    {
        DumpDocument? dump = null;
        WholeFile.Write(path, "dump", ownerOnly: true, stream =>
        {
            DumpRequest request = new() { Descriptor = (int)((FileStream)stream).SafeFileHandle.DangerousGetHandle(), Zstd = zstd };
            try
            {
                dump = PartitionDoor.Use(surroundings, client => client.Dump(name, request));
            }
            catch (IOException lost)
            {
                throw new CommandFailedException(ExitCode.Failed, lost.Message);
            }
        });
        return dump!;
    }

    private static string Describe(DumpDocument dump, string path)
    {
        string packed = dump.FileBytes < dump.LengthBytes ? $", {new ByteSize(dump.FileBytes).ToDisplayString()} compressed" : "";
        string kernel = dump.Release is string release ? $"kernel {PlainText.Of(release)}" : "no kernel that says where its data lies, so crash and drgn cannot open it";
        string registers = dump.RegisterNotes == 0 ? "no CPU's registers" : string.Create(CultureInfo.InvariantCulture, $"registers of {dump.RegisterNotes} CPUs");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Dumped {dump.Partition} ({dump.State}) to {path}: {new ByteSize(dump.LengthBytes).ToDisplayString()}, of that {new ByteSize(dump.DataBytes).ToDisplayString()} data{packed}; {kernel}; {registers}; {dump.Seconds:0.0} s.");
    }
}
