namespace Parker.Cli;

/// <summary>What the program's exit code says.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Tried and failed; the machine is as before, or the message says what is not.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage: the command line could not be understood.</summary>
    public const int Usage = 2;

    /// <summary>Refused by validation; nothing was tried.</summary>
    public const int Refused = 3;

    /// <summary>No daemon, or no permission.</summary>
    public const int NoAccess = 4;
}
