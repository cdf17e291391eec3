using System.Globalization;
using Parker.Api.Images;
using Parker.Cli.Output;
using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Cli.Images;

/// <summary>What a kernel image is, as text for people.</summary>
internal static class ImageListing
{
    private const int LabelWidth = 21;

    /// <summary>Writes the listing.</summary>
    /// <param name="document">The image.</param>
    /// <param name="diagnostics">What was found.</param>
    /// <param name="output">Where to.</param>
    public static void Write(ImageReportDocument document, DiagnosticBag diagnostics, TextWriter output)
    {
        foreach ((string label, string text) in Lines(document))
        {
            output.WriteLine((label.PadRight(LabelWidth) + PlainText.Of(text)).TrimEnd());
        }

        if (diagnostics.Count > 0)
        {
            output.WriteLine();
            output.WriteLine(document.CanStart ? "To know" : "Why it cannot be started");
            foreach (Diagnostic diagnostic in diagnostics)
            {
                output.WriteLine("  " + PlainText.Of((diagnostic with { Place = "" }).ToString()));
            }
        }
    }

    private static IEnumerable<(string Label, string Text)> Lines(ImageReportDocument document)
    {
        yield return ("Image", document.Path);
        if (document.Kernel is ImageKernelDocument kernel)
        {
            yield return ("Release", kernel.Release.Length == 0 ? "unknown" : kernel.Release);
            yield return ("Version", kernel.VersionText.Length == 0 ? "unknown" : kernel.VersionText);
            yield return ("Kind", (kernel.Kind == "unified" ? "unified kernel image" : "bzImage") + (kernel.OperatingSystem is null ? "" : " of " + kernel.OperatingSystem));
            yield return ("Boot protocol", kernel.Protocol);
            yield return ("Flags", string.Join(' ', kernel.LoadFlags.Concat(kernel.ExtendedLoadFlags)));
            yield return ("Kernel", string.Create(CultureInfo.InvariantCulture, $"{new ByteSize(kernel.KernelBytes).ToDisplayString()}, {(kernel.Payload == "elf" ? "not compressed" : kernel.Payload)}"));
            yield return ("Needs to start", $"{new ByteSize(kernel.InitBytes).ToDisplayString()}, aligned to {new ByteSize(kernel.AlignmentBytes).ToDisplayString()}");
            yield return ("Checksum", ChecksumText(kernel.Checksum));
            yield return ("Command line", string.Create(CultureInfo.InvariantCulture, $"up to {kernel.CommandLineBytes} bytes{(kernel.CommandLine is null ? "" : ": " + kernel.CommandLine)}"));
            if (kernel.InitrdBytes is ulong initrd)
            {
                yield return ("Initrd", new ByteSize(initrd).ToDisplayString());
            }
        }

        yield return ("Can be started", document.CanStart ? "yes" : "no");
    }

    private static string ChecksumText(string checksum) => checksum switch
    {
        "matches" => "matches",
        "differs" => "does not match",
        "absent" => "none: damage cannot be told",
        _ => "not compared",
    };
}
