namespace Parker.Machine.Topology;

/// <summary>What a function is on the PCI Express fabric: the Device/Port Type field of its PCI Express capability.</summary>
/// <remarks>PCI Express Base Specification, "PCI Express Capabilities Register", bits 7:4. Other values are possible, and legal input.</remarks>
public enum PcieFunctionType
{
    /// <summary>PCI Express endpoint.</summary>
    Endpoint = 0,

    /// <summary>Legacy PCI Express endpoint.</summary>
    LegacyEndpoint = 1,

    /// <summary>Root port of the root complex.</summary>
    RootPort = 4,

    /// <summary>Upstream port of a switch.</summary>
    SwitchUpstreamPort = 5,

    /// <summary>Downstream port of a switch.</summary>
    SwitchDownstreamPort = 6,

    /// <summary>Bridge from PCI Express to PCI or PCI-X.</summary>
    PcieToPciBridge = 7,

    /// <summary>Bridge from PCI or PCI-X to PCI Express.</summary>
    PciToPcieBridge = 8,

    /// <summary>Endpoint integrated in the root complex, on a root bus without a port.</summary>
    RootComplexEndpoint = 9,

    /// <summary>Event collector of the root complex.</summary>
    RootComplexEventCollector = 10,

    /// <summary>Not a value of the field: the function has no PCI Express capability.</summary>
    ConventionalPci = 0x100,
}
