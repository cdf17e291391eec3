using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Parker.Machine;
using Parker.Partition;

namespace Parker.ControlFs.Tree;

/// <summary>Makes what files read as.</summary>
/// <remarks>Not of files that grow: those are texts.</remarks>
/// <param name="partitions">Tells of them.</param>
/// <param name="clock">Gives the time.</param>
internal sealed class ContentMaker(IControlledPartitions partitions, TimeProvider clock)
{
    /// <summary>How long a content is kept whose making takes long: who asks for a size and then reads gets the same.</summary>
    private static readonly TimeSpan KeepSlow = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<ControlFile, (long Made, ReadOnlyMemory<byte> Content)> _slow = new();

    /// <summary>What <c>plan</c> reads: of the configuration that was written last.</summary>
    public ReadOnlyMemory<byte> Plan { get; set; }

    /// <summary>Whether a kernel starts or runs: what <c>online</c> says.</summary>
    public static bool IsOnline(PartitionState state) => state is PartitionState.Starting or PartitionState.Running;

    /// <summary>What a file reads as now.</summary>
    /// <param name="kind">The file.</param>
    /// <param name="folder">Its folder; null in the root.</param>
    public ReadOnlyMemory<byte> Make(ControlFileKind kind, PartitionFolder? folder)
    {
        if (kind.IsSlow)
        {
            return MakeSlowly(kind);
        }

        if (folder is null)
        {
            return kind.File == ControlFile.Plan ? Plan : Line(partitions.Version);
        }

        switch (kind.File)
        {
            case ControlFile.State:
                return partitions.TryGetState(folder.Name, out PartitionState state) ? StaticText.Of(state) : StaticText.Draft;
            case ControlFile.Online:
                return partitions.TryGetState(folder.Name, out state) && IsOnline(state) ? StaticText.Online : StaticText.Offline;
            case ControlFile.Events:
                return folder.Events.From(0);
            case ControlFile.Evidence:
                return Line(EvidenceOf(folder));
            default:
                return Line(partitions.Find(folder.Name) is ControlledPartition partition ? OfPlan(kind.File, partition.Plan, partition.Restart) : OfDraft(kind.File, folder.Draft));
        }
    }

    private ReadOnlyMemory<byte> MakeSlowly(ControlFileKind kind)
    {
        if (_slow.TryGetValue(kind.File, out (long Made, ReadOnlyMemory<byte> Content) kept) && clock.GetElapsedTime(kept.Made) < KeepSlow)
        {
            return kept.Content;
        }

        string text = kind.File == ControlFile.Topology ? partitions.ReadTopology() : partitions.ReadCheck();
        ReadOnlyMemory<byte> content = Line(text.TrimEnd('\n'));
        _slow[kind.File] = (clock.GetTimestamp(), content);
        return content;
    }

    private string EvidenceOf(PartitionFolder folder)
    {
        string evidence = partitions.Find(folder.Name) is ControlledPartition partition
            ? partition.Evidence.Text
            : $"not defined yet: {string.Join(", ", folder.Draft?.Missing ?? [])} not written";
        return folder.LastError is { Length: > 0 } error ? $"{evidence}\n{error}" : evidence;
    }

    private static string OfPlan(ControlFile file, PartitionPlan plan, RestartPolicy restart) => file switch
    {
        // Slots are 64 KiB and disjoint, so each has a number of its own; 0 is the Boot Kernel.
        ControlFile.Id => ((plan.LowSlot.Value >> 16) + 1).ToString(CultureInfo.InvariantCulture),
        ControlFile.Cpus => CpuSet.Of(plan.Cpus.Select(cpu => cpu.Number)).ToString(),
        ControlFile.CpusMax => plan.IsElastic ? plan.CpusMax.ToString(CultureInfo.InvariantCulture) : "",
        ControlFile.Memory => MemoryText.Of(plan),
        ControlFile.MemoryMax => MemoryText.MaxOf(plan),
        ControlFile.Bind => string.Join('\n', plan.Buses.SelectMany(bus => bus.Functions)),
        ControlFile.ControlStructure => plan.PrimaryRange.Start.ToString(),
        ControlFile.Kernel => plan.KernelPath,
        ControlFile.Initrd => string.Join('\n', plan.InitrdPaths),
        ControlFile.CommandLine => plan.CommandLine,
        ControlFile.Restart => RestartPolicyText.Of(restart),
        _ => "",
    };

    private static string OfDraft(ControlFile file, PartitionDraft? draft) => draft is null ? "" : file switch
    {
        ControlFile.Cpus => draft.Cpus.ToString(),
        ControlFile.CpusMax => draft.CpusMax?.ToString(CultureInfo.InvariantCulture) ?? "",
        ControlFile.Memory => draft.Memory,
        ControlFile.MemoryMax => draft.MemoryMax,
        ControlFile.Bind => string.Join('\n', draft.Devices),
        ControlFile.Kernel => draft.Kernel,
        ControlFile.Initrd => string.Join('\n', draft.Initrd),
        ControlFile.CommandLine => draft.CommandLine,
        ControlFile.Restart => RestartPolicyText.Of(draft.Restart),
        _ => "",
    };

    /// <summary>A text with a newline behind it; nothing stays nothing.</summary>
    private static ReadOnlyMemory<byte> Line(string text) => text.Length == 0 ? default : Encoding.UTF8.GetBytes(text + "\n").AsMemory();
}
