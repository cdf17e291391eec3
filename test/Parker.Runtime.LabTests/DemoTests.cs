using System.Diagnostics;
using System.Reflection;

namespace Parker.Runtime.LabTests;

/// <summary>What <c>./run demo</c> runs.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_shows_all_that_it_promises_and_ends_with_0()
    {
        string root = typeof(DemoTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ParkerRoot").Value!;
        using Process demo = Process.Start(new ProcessStartInfo(Path.Combine(root, "artifacts/bin/Parker.Lab/debug/parker-lab"), ["demo"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = demo.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await demo.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await demo.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(demo.ExitCode == 0, output + await errors);
        Assert.Contains("Partitions can be started on this machine", output, StringComparison.Ordinal);
        Assert.Matches(@"db +running +", output);
        Assert.Matches(@"web +panicked +", output);
        Assert.Contains("\"parker lab disk 0\"", output, StringComparison.Ordinal);
        Assert.Contains("\"parker lab disk 1\"", output, StringComparison.Ordinal);
        Assert.Contains("All of it was true", output, StringComparison.Ordinal);
    }
}
