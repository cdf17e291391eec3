using System.Globalization;
using Parker.Api;
using Parker.Api.Partitions;
using Parker.Cli.Options;
using Parker.Machine;

namespace Parker.Cli.Partitions;

/// <summary>What a start took, as text or JSON.</summary>
internal static class StartListing
{
    /// <summary>Writes what a start took, phase by phase.</summary>
    public static void Write(StartDocument start, OutputFormat format, TextWriter output)
    {
        if (format == OutputFormat.Json)
        {
            output.Write(ApiJson.ToJson(start));
            return;
        }

        StartPhasesDocument phases = start.Phases;
        output.WriteLine($"{start.Partition.Name}: {start.Partition.State}, {start.Partition.Evidence.Text}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  claimed in {phases.ClaimMs:0} ms, zeroed {new ByteSize(start.ZeroedBytes).ToDisplayString()} in {phases.ZeroMs:0} ms, loaded {new ByteSize(start.LoadedBytes).ToDisplayString()} in {phases.LoadMs:0} ms, read back in {phases.VerifyMs:0} ms, launched in {phases.LaunchMs:0} ms"));
    }
}
