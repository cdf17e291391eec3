using System.CommandLine;
using Parker.Cli.Captures;
using Parker.Cli.Machines;
using Parker.Cli.Options;
using Parker.Cli.Output;
using Parker.Machine;
using Parker.Machine.Topology.Reading;
using Parker.Machine.Topology.Sources;

namespace Parker.Cli.Verbs;

/// <summary><c>parker capture FILE.tar.zst</c>: saves what the other verbs read from a machine.</summary>
internal static class CaptureVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string> file = new("file") { Description = $"The file to write; its name ends in {CaptureArchive.Ending}.", HelpName = "FILE" + CaptureArchive.Ending };
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: string name }, ..] && !name.EndsWith(CaptureArchive.Ending, StringComparison.Ordinal))
            {
                result.AddError($"The name '{name}' does not end in {CaptureArchive.Ending}, the form of a capture. Write to '{name}{CaptureArchive.Ending}'.");
            }
        });
        Option<bool> force = new("--force") { Description = "Replace the file where it is there already." };
        Option<string?> root = RootOption.Create();
        Verb verb = new("capture", "Save what topology, check and plan read from this machine, for a bug report or for planning elsewhere.")
        {
            Details =
            [
                "The file holds exactly the files that those verbs read, the lines of the kernel log that say how the machine came up, a few processor registers and the frequency of "
                + "the time stamp counter. Serial numbers, MAC and IP addresses, UUIDs and host names are taken out. Only its owner may read the file: it tells physical addresses of "
                + "the kernel. Without root, what only root may read is missing in it, and stands in it as such.",
            ],
            Examples =
            [
                ("parker capture server7.tar.zst", "Save this machine."),
                ("parker topology --root server7.tar.zst", "Show that machine, anywhere."),
            ],
        };
        verb.Add(file);
        verb.Add(force);
        verb.Add(root);
        verb.SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetValue(force), parsed.GetValue(root), surroundings));
        return verb;
    }

    private static int Run(string file, bool force, string? root, ProgramSurroundings surroundings)
    {
        if (!force && Path.Exists(file))
        {
            throw new CommandFailedException(ExitCode.Refused, $"Cannot write '{file}': it is there already. Choose another name, or replace it with --force.");
        }

        RecordingMachineSource recorder = new(MachineSources.Open(root));
        TopologyReader.Read(recorder);
        (IReadOnlyDictionary<string, int> replaced, int files, ByteSize length) = Save(recorder, file, root is null ? Environment.MachineName : "");

        surroundings.Output.WriteLine($"Saved {files} {(files == 1 ? "file" : "files")} of {(root is null ? "this machine" : $"'{root}'")} to {file} ({length.ToDisplayString()}).");
        if (replaced.Count > 0)
        {
            surroundings.Output.WriteLine($"Taken out: {string.Join(", ", replaced.Select(pair => $"{pair.Key} ({pair.Value})"))}.");
        }

        if (recorder.Denied.Count > 0)
        {
            surroundings.Output.WriteLine(
                $"Missing: {recorder.Denied.Count} that this user may not read, such as {recorder.Denied.First()}.{(root is null ? " Run as root to save all." : "")}");
        }

        return ExitCode.Done;
    }

    private static (IReadOnlyDictionary<string, int> Replaced, int Files, ByteSize Length) Save(RecordingMachineSource recorder, string file, string hostName)
    {
        IReadOnlyDictionary<string, int> replaced = new Dictionary<string, int>();
        int files = 0;
        long length = WholeFile.Write(file, "capture", ownerOnly: true, stream =>
        {
            using CaptureArchiveWriter writer = new(stream);
            CaptureScrubber scrubber = new(writer, hostName);
            recorder.WriteTo(scrubber);
            files = writer.Files;
            replaced = scrubber.Replaced;
        });
        return (replaced, files, new ByteSize((ulong)length));
    }
}
