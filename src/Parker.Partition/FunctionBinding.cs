using Parker.Machine;

namespace Parker.Partition;

/// <summary>How the Boot Kernel had a PCI function set up before it was taken, to be restored.</summary>
/// <param name="Address">The function.</param>
/// <param name="Driver">The driver that was bound; empty for none.</param>
/// <param name="DriverOverride">The driver_override that was set; empty for none.</param>
/// <param name="PowerControl">power/control: <c>on</c> or <c>auto</c>.</param>
/// <param name="Command">The command register (configuration space offset 4).</param>
public sealed record FunctionBinding(PciAddress Address, string Driver, string DriverOverride, string PowerControl, ushort Command);
