namespace Parker.Partition;

/// <summary>What the Boot Kernel asks of the Application Kernel through the command word; each poll of the thermal zone looks.</summary>
public enum HeaderCommand : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Shut down in order: the thermal zone reports a critical temperature.</summary>
    ShutDown = 1,
}
