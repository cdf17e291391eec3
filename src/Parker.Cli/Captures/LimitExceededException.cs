namespace Parker.Cli.Captures;

/// <summary>A stream gave more bytes than it may.</summary>
internal sealed class LimitExceededException : IOException;
