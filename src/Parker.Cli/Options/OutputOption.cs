using System.CommandLine;

namespace Parker.Cli.Options;

/// <summary><c>-o|--output table|json</c>, the same for every listing.</summary>
internal static class OutputOption
{
    /// <summary>Makes the option.</summary>
    public static Option<OutputFormat> Create() => new("--output", "-o")
    {
        Description = "Form of the output: table (for people, the default) or json (for programs).",
        HelpName = "table|json",
        CustomParser = result =>
        {
            switch (result.Tokens[^1].Value)
            {
                case "table":
                    return OutputFormat.Table;
                case "json":
                    return OutputFormat.Json;
                default:
                    result.AddError($"--output takes table or json, not '{result.Tokens[^1].Value}'.");
                    return default;
            }
        },
    };
}
