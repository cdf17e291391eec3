namespace Parker.Planning.Preflight;

/// <summary>What one check found.</summary>
/// <param name="Check">Which one.</param>
/// <param name="Status">The finding.</param>
/// <param name="Evidence">What was seen, where.</param>
/// <param name="Fix">The boot parameter, command or setting; empty where there is nothing to do.</param>
public sealed record CheckLine(CheckDefinition Check, CheckStatus Status, string Evidence, string Fix)
{
    /// <summary>Whether partitions cannot be started, or not be promised to start, because of it.</summary>
    public bool Blocks => Status == CheckStatus.Missing || (Status == CheckStatus.Unknown && Check.IsRequired);
}
