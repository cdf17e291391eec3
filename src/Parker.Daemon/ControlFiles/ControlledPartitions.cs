using System.Globalization;
using Parker.Api.Inspection;
using Parker.Api.Partitions;
using Parker.Api.Plans;
using Parker.ControlFs.Tree;
using Parker.Daemon.Events;
using Parker.Daemon.Partitions;
using Parker.Machine;
using Parker.Partition;
using Parker.Runtime;

namespace Parker.Daemon.ControlFiles;

/// <summary>What the control file system drives: the calls that every other door makes.</summary>
/// <param name="service">The partitions.</param>
/// <param name="texts">Makes listings.</param>
/// <param name="note">Takes a sentence for each warning.</param>
internal sealed class ControlledPartitions(PartitionService service, ControlFileTexts texts, Action<string> note) : IControlledPartitions
{
    /// <inheritdoc/>
    public IReadOnlyList<PartitionName> Names => service.Read(partitions => partitions.Select(partition => partition.Name).ToArray());

    /// <inheritdoc/>
    public string Version => texts.Version;

    /// <inheritdoc/>
    public bool TryGetState(PartitionName name, out PartitionState state)
    {
        bool isThere = service.TryFind(name, out PartitionRecord? partition);
        state = isThere ? partition!.State : default;
        return isThere;
    }

    /// <inheritdoc/>
    public ControlledPartition? Find(PartitionName name) => service.Read(_ => service.TryFind(name, out PartitionRecord? partition)
        ? new ControlledPartition(partition.Plan, partition.Policy.Restart, partition.State, partition.Evidence)
        : null);

    /// <inheritdoc/>
    public void AskedBy(uint uid, int process) => Requester.Current = new Requester(uid, process);

    /// <inheritdoc/>
    public void Check(PartitionDraft draft) => Translate(() => service.CheckUnfinished(RequestOf(draft)));

    /// <inheritdoc/>
    public void Define(PartitionDraft draft) => Translate(() =>
    {
        List<string> notes = [];
        service.Define(RequestOf(draft), notes);
        notes.ForEach(note);
    });

    /// <inheritdoc/>
    public void Start(PartitionName name) => Translate(() => service.Start(name));

    /// <inheritdoc/>
    public void Stop(PartitionName name) => Translate(() => service.Stop(name, PartitionService.DefaultGrace));

    /// <inheritdoc/>
    public void SetCpus(PartitionName name, CpuSet cpus) => Set(name, new SetRequest { Cpus = TextOf(cpus) });

    /// <inheritdoc/>
    public void SetMemory(PartitionName name, string size) => Set(name, new SetRequest { Memory = size });

    /// <inheritdoc/>
    public void SetRestart(PartitionName name, RestartPolicy restart) => Translate(() => service.SetRestart(name, restart));

    /// <inheritdoc/>
    public void Destroy(PartitionName name) => Translate(() => service.Destroy(name, evenIfRunning: false));

    /// <inheritdoc/>
    public LogPiece ReadLog(PartitionName name, string? after)
    {
        try
        {
            LogDocument log = service.Inspection.ReadLog(name, after, TimeSpan.Zero);
            return new LogPiece(texts.Log(log), log.Position, Begins: after is null);
        }
        catch (RefusedException refused) when (after is not null && IsFor(refused, "INS009"))
        {
            // Another boot.
            return ReadLog(name, null);
        }
        catch (RefusedException refused) when (IsFor(refused, "INS001") || IsFor(refused, "INS008"))
        {
            // No kernel, or none yet that has said anything.
            return new LogPiece("", null, Begins: true);
        }
        catch (RefusedException refused)
        {
            throw new PartitionException(refused.Diagnostics);
        }
    }

    /// <inheritdoc/>
    public string Plan(string configuration)
    {
        PlanDocument? plan = null;
        Translate(() => plan = service.Plan(new PlanRequest(configuration, "plan")));
        return texts.Plan(plan!);
    }

    /// <inheritdoc/>
    public string ReadTopology() => texts.Topology(service.ReadTopology());

    /// <inheritdoc/>
    public string ReadCheck() => texts.Check(service.ReadTopology());

    /// <summary>The request that a draft stands for. What no file says stays as it is.</summary>
    private PartitionRequest RequestOf(PartitionDraft draft)
    {
        bool isThere = service.TryFind(draft.Name, out PartitionRecord? partition);
        return new PartitionRequest
        {
            Name = draft.Name.ToString(),
            Cpus = TextOf(draft.Cpus),
            CpusMax = draft.CpusMax,
            Memory = draft.Memory,
            MemoryMax = draft.MemoryMax.Length == 0 ? null : draft.MemoryMax,
            Devices = [.. draft.Devices.Select(device => device.ToString())],
            Uart = isThere && partition!.Plan.UartPort is ushort port ? string.Create(CultureInfo.InvariantCulture, $"0x{port:x}") : null,
            Kernel = draft.Kernel,
            Initrd = draft.Initrd,
            CommandLine = draft.CommandLine,
            Restart = RestartPolicyText.Of(draft.Restart),
            Autostart = isThere && partition!.Policy.Autostart,
            Dump = isThere && partition!.Policy.Dump,
        };
    }

    private void Set(PartitionName name, SetRequest request) => Translate(() =>
    {
        List<string> notes = [];
        service.Set(name, request, PartitionService.DefaultPatience, notes);
        notes.ForEach(note);
    });

    // A number alone would be a count.
    private static string TextOf(CpuSet cpus) => cpus.Count == 1 ? string.Create(CultureInfo.InvariantCulture, $"{cpus}-{cpus}") : cpus.ToString();

    private static bool IsFor(RefusedException refused, string id) => refused.Diagnostics.Any(diagnostic => diagnostic.Id == id);

    private static void Translate(Action act)
    {
        try
        {
            act();
        }
        catch (RefusedException refused)
        {
            throw new PartitionException(refused.Diagnostics);
        }
    }
}
