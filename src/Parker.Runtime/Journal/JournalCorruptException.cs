namespace Parker.Runtime.Journal;

/// <summary>The journal cannot be read, so nobody knows what is held of the machine.</summary>
public sealed class JournalCorruptException : Exception
{
    /// <summary>The journal at <paramref name="path"/> is corrupt.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="reason">What is wrong with it.</param>
    public JournalCorruptException(string path, int line, string reason)
        : base($"The journal is corrupt ({path}:{line}: {reason}). What is held of the machine is no longer known: compare offline CPUs and unbound devices by hand, or reboot; then remove the file.")
    {
        Path = path;
        Line = line;
    }

    /// <summary>The journal's path.</summary>
    public string Path { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }
}
