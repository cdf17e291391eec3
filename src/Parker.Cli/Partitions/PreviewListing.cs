using Parker.Api;
using Parker.Api.Partitions;
using Parker.Cli.Options;
using Parker.Cli.Output;

namespace Parker.Cli.Partitions;

/// <summary>What an operation would do, as text or JSON.</summary>
internal static class PreviewListing
{
    /// <summary>Writes each action, one a line, in the order in which they would be done.</summary>
    public static void Write(PreviewDocument preview, OutputFormat format, TextWriter output)
    {
        if (format == OutputFormat.Json)
        {
            output.Write(ApiJson.ToJson(preview));
            return;
        }

        output.WriteLine(preview.Actions.Count == 0 ? $"{preview.Partition}: {preview.Operation} has nothing to do" : $"{preview.Partition}: {preview.Operation} would");
        foreach (PreviewActionDocument action in preview.Actions)
        {
            output.WriteLine("  " + PlainText.Of(action.Description));
        }
    }
}
