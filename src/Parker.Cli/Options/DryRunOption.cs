using System.CommandLine;

namespace Parker.Cli.Options;

/// <summary><c>--dry-run</c>, the same for everything that changes the machine.</summary>
internal static class DryRunOption
{
    /// <summary>Makes the option.</summary>
    public static Option<bool> Create() => new("--dry-run") { Description = "Check everything and print the steps, one a line; change nothing." };
}
