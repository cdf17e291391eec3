using System.CommandLine;
using Parker.Api;
using Parker.Api.Images;
using Parker.Boot.Kernels;
using Parker.Cli.Images;
using Parker.Cli.Options;
using Parker.Machine.Diagnostics;

namespace Parker.Cli.Verbs;

/// <summary><c>parker image</c>: what a kernel image is and whether it can be started.</summary>
internal static class ImageVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(ProgramSurroundings surroundings)
    {
        Argument<string> file = new("FILE") { Description = "A bzImage (vmlinuz) or a unified kernel image." };
        Option<OutputFormat> format = OutputOption.Create();
        Verb verb = new("image", "Show what a kernel image is: release, boot protocol, flags, sizes, and whether Parker can start it, if not why.")
        {
            Details =
            [
                "The file is read and checked as when a partition is loaded, its checksum too where it has one (up to Linux 6.14). The machine is not looked at, and no root is needed.",
                "The exit code is 0 where Parker can start the image and 3 where it cannot.",
            ],
            Examples =
            [
                ("parker image /boot/vmlinuz-6.12.95-amd64", "Check a kernel before giving it to a partition."),
                ("parker image -o json linux.efi", "A unified kernel image, for a program."),
            ],
        };
        verb.Add(file);
        verb.Add(format);
        verb.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!;
            DiagnosticBag diagnostics = [];
            using KernelFile? kernel = KernelFile.Examine(path, diagnostics);
            ImageReportDocument document = ImageDocuments.Of(path, kernel?.Image, diagnostics);
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                surroundings.Output.Write(ApiJson.ToJson(document));
            }
            else
            {
                ImageListing.Write(document, diagnostics, surroundings.Output);
            }

            return document.CanStart ? ExitCode.Done : ExitCode.Refused;
        });
        return verb;
    }
}
