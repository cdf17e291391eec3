namespace Parker.Cli.Options;

/// <summary>The form of a listing.</summary>
internal enum OutputFormat
{
    /// <summary>Text for people.</summary>
    Table,

    /// <summary>JSON for programs, as docs/json.md describes it.</summary>
    Json,
}
