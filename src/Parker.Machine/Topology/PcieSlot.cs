namespace Parker.Machine.Topology;

/// <summary>The slot below a port, from the Slot Capabilities register.</summary>
/// <param name="Number">The physical slot number.</param>
/// <param name="HotPlugCapable">Whether the slot can be hot-plugged: the kernel's hotplug service then watches it.</param>
/// <param name="HotPlugSurprise">Whether a device may vanish without notice.</param>
public sealed record PcieSlot(int Number, bool HotPlugCapable, bool HotPlugSurprise);
