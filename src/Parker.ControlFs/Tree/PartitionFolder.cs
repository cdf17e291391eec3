using System.Text;
using Parker.Machine;
using Parker.Partition;

namespace Parker.ControlFs.Tree;

/// <summary>The folder of one partition, defined or not.</summary>
/// <param name="serial">Its number, which no other folder had or gets.</param>
/// <param name="name">The partition.</param>
/// <param name="draft">What is known of what is wanted; null where another door defined it.</param>
/// <param name="now">The time.</param>
internal sealed class PartitionFolder(ulong serial, PartitionName name, PartitionDraft? draft, DateTimeOffset now)
{
    private readonly List<PciAddress> _devices = [];

    /// <summary>Its number.</summary>
    public ulong Serial { get; } = serial;

    /// <summary>The partition.</summary>
    public PartitionName Name { get; } = name;

    /// <summary>The partition.</summary>
    public ReadOnlyMemory<byte> NameBytes { get; } = Encoding.UTF8.GetBytes(name.ToString());

    /// <summary>Held while a command of this folder is carried out.</summary>
    public Lock Commands { get; } = new();

    /// <summary>What was written, which says less than the plan that was made of it: a size instead of ranges.</summary>
    public PartitionDraft? Draft { get; set; } = draft;

    /// <summary>The plan that was made of <see cref="Draft"/>; null before. Another plan says that another door defined the partition anew.</summary>
    public PartitionPlan? PlanOfDraft { get; set; }

    /// <summary>Whether the partition was ever seen to be defined: then the folder goes when the partition goes.</summary>
    public bool WasDefined { get; set; }

    /// <summary>Whether it was taken away.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>When something about it changed last.</summary>
    public DateTimeOffset ChangedAt { get; set; } = now;

    /// <summary>Counts all that happened.</summary>
    public long Version { get; set; }

    /// <summary>Counts changes of the state.</summary>
    public long StateVersion { get; set; }

    /// <summary>Why the last command was refused or failed; empty where it did not.</summary>
    public string LastError { get; set; } = "";

    /// <summary>What happened.</summary>
    public GrowingText Events { get; } = new(64 * 1024);

    /// <summary>The node of a device's link. The same device keeps its node.</summary>
    public NodeId NodeOf(PciAddress device)
    {
        lock (_devices)
        {
            int index = _devices.IndexOf(device);
            if (index < 0)
            {
                index = _devices.Count;
                _devices.Add(device);
            }

            return new NodeId(Serial, ControlFile.FirstDevice + index);
        }
    }

    /// <summary>The device of a link.</summary>
    public bool TryFindDevice(NodeId node, out PciAddress device)
    {
        lock (_devices)
        {
            int index = node.File - ControlFile.FirstDevice;
            device = index >= 0 && index < _devices.Count ? _devices[index] : default;
            return index >= 0 && index < _devices.Count;
        }
    }
}
