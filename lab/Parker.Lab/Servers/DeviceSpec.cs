using System.Diagnostics.CodeAnalysis;

namespace Parker.Lab.Servers;

/// <summary>A device behind a root port of its own.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="WithAgentPort">Whether a second function of it is a virtio-serial controller with a port for an agent of the Application Kernel that gets the bus.</param>
public sealed record DeviceSpec(DeviceKind Kind, bool WithAgentPort = false)
{
    /// <summary>The names that options have for the kinds.</summary>
    public static IReadOnlyList<string> Names { get; } = ["nvme", "virtio-blk", "e1000e", "virtio-net"];

    /// <summary>Whether it is a disk.</summary>
    public bool IsDisk => Kind is DeviceKind.Nvme or DeviceKind.VirtioBlk;

    /// <summary>Reads one of <see cref="Names"/>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DeviceSpec? device)
    {
        int index = Names.ToList().IndexOf(text ?? "");
        device = index < 0 ? null : new DeviceSpec((DeviceKind)index);
        return device is not null;
    }
}
