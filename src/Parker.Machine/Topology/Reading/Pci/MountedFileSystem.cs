namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>One line of <c>/proc/self/mountinfo</c>.</summary>
/// <param name="Number"><c>major:minor</c> of the block device; major 0 where the file system makes its own number (btrfs, network). Empty from <c>/proc/mounts</c>.</param>
/// <param name="MountPoint">Where.</param>
/// <param name="Type">The file system, such as <c>ext4</c>.</param>
/// <param name="Source">What the file system calls its source: a device node, a pool, a server.</param>
internal sealed record MountedFileSystem(string Number, string MountPoint, string Type, string Source);
