namespace Parker.Lab.Initramfs;

/// <summary>The published programs that run in guests.</summary>
public static class GuestPrograms
{
    /// <summary>The program under test.</summary>
    public static string Parker { get; } = Path.Combine(LabFolders.Artifacts, "parker");

    /// <summary>The guest agent.</summary>
    public static string Agent { get; } = Path.Combine(LabFolders.Artifacts, "parker-agent");

    /// <summary>Checks that both are there.</summary>
    /// <exception cref="LabException">One is missing.</exception>
    public static void Check()
    {
        foreach (string path in (string[])[Parker, Agent])
        {
            if (!File.Exists(path))
            {
                throw new LabException($"{path} is missing: './run publish' makes it.");
            }
        }
    }
}
