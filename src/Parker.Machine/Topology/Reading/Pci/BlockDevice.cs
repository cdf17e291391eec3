namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>One block device: a disk, a partition, or a volume made of others.</summary>
/// <param name="Name">The kernel's name, as in <c>/sys/class/block</c>.</param>
/// <param name="Path">Where its link leads to under <c>/sys/devices</c>.</param>
/// <param name="Number"><c>major:minor</c>; empty where unknown.</param>
/// <param name="Title">What people call it: the kernel's name, and of a device-mapper volume its own.</param>
/// <param name="Members">The block devices that it is made of; empty for a disk or a partition of one.</param>
internal sealed record BlockDevice(string Name, string Path, string Number, string Title, IReadOnlyList<string> Members);
