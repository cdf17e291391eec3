using System.CommandLine;

namespace Parker.Cli.Options;

/// <summary><c>--root DIR|FILE.tar.zst</c>: a captured machine instead of this one.</summary>
internal static class RootOption
{
    /// <summary>Makes the option; its value is null where this machine is meant.</summary>
    public static Option<string?> Create() => new("--root")
    {
        Description = "Read a captured machine instead of this one: a directory, or a file that 'parker capture' wrote.",
        HelpName = "DIR|FILE.tar.zst",
    };
}
