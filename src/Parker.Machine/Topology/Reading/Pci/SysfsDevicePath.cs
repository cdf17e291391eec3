namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Finds PCI functions in the paths under <c>/sys/devices</c> that sysfs links lead to.</summary>
internal static class SysfsDevicePath
{
    /// <summary>The function nearest to the device: the last one that the path names. Null where it names none.</summary>
    /// <remarks><c>../../devices/pci0000:00/0000:00:1c.0/0000:01:00.0/virtio0/block/vda</c> gives 0000:01:00.0.</remarks>
    public static PciAddress? LastFunction(string path)
    {
        PciAddress? found = null;
        foreach (Range range in path.AsSpan().Split('/'))
        {
            if (TryFunction(path.AsSpan()[range], out PciAddress address))
            {
                found = address;
            }
        }

        return found;
    }

    /// <summary>The function above the last one; null where the last one is on a root bus.</summary>
    /// <remarks>A host bridge within (VMD: <c>.../0000:00:0e.0/pci10000:e0/10000:e0:1d.0</c>) starts anew: what is above it is no PCI bridge.</remarks>
    public static PciAddress? ParentFunction(string path)
    {
        PciAddress? above = null;
        PciAddress? last = null;
        foreach (Range range in path.AsSpan().Split('/'))
        {
            ReadOnlySpan<char> part = path.AsSpan()[range];
            if (IsHostBridge(part))
            {
                (above, last) = (null, null);
            }
            else if (TryFunction(part, out PciAddress address))
            {
                (above, last) = (last, address);
            }
        }

        return above;
    }

    /// <summary>The last part of a path.</summary>
    public static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    // Only the kernel's form, "%04x:%02x:%02x.%d": "2:0.0" and the serial port "00:00:0.0" would be functions to PciAddress, and are none in sysfs.
    private static bool TryFunction(ReadOnlySpan<char> part, out PciAddress address)
    {
        address = default;
        int colon = part.IndexOf(':');
        return colon >= 4 && part.Length - colon == ":00:00.0".Length && part[colon + 3] == ':' && PciAddress.TryParse(part, null, out address);
    }

    private static bool IsHostBridge(ReadOnlySpan<char> part) => part.StartsWith("pci", StringComparison.Ordinal) && part.Contains(':');
}
