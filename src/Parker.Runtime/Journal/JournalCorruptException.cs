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

    private JournalCorruptException(string path, string message)
        : base(message)
    {
        Path = path;
        Line = 1;
    }

    /// <summary>The journal at <paramref name="path"/> was written by another version of Parker.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="version">The version of its form.</param>
    public static JournalCorruptException OtherVersion(string path, int version) => new(
        path,
        $"The journal {path} has the form of version {version}, and this parker reads version {JournalCodec.Version}. What is held of the machine is in it: run the parker that wrote it, "
        + "and destroy its partitions with that, or reboot; then start this one.");

    /// <summary>The journal's path.</summary>
    public string Path { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }
}
