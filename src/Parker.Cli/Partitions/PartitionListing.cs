using System.Globalization;
using Parker.Api.Inspection;
using Parker.Api.Partitions;
using Parker.Cli.Output;
using Parker.Machine;

namespace Parker.Cli.Partitions;

/// <summary>Partitions as text.</summary>
internal static class PartitionListing
{
    private const int LongestRelease = 64;
    private const int LongestLine = 120;

    /// <summary>Writes one line for each partition.</summary>
    /// <param name="partitions">By name.</param>
    /// <param name="now">For how long they run.</param>
    /// <param name="output">Where to.</param>
    public static void WriteList(IReadOnlyList<PartitionDocument> partitions, DateTimeOffset now, TextWriter output)
    {
        TableWriter table = new(new("NAME"), new("STATE"), new("CPUS"), new("MEMORY", true), new("DEVICES"), new("KERNEL"), new("UPTIME", true), new("EVIDENCE"));
        foreach (PartitionDocument partition in partitions)
        {
            table.Add(
                partition.Name,
                partition.State,
                partition.Cpus,
                new ByteSize(partition.MemoryBytes).ToDisplayString(),
                string.Join(',', partition.Buses.SelectMany(bus => bus.Functions)),
                Release(partition),
                Uptime(partition, now),
                Evidence(partition));
        }

        table.WriteTo(output);
    }

    /// <summary>Writes all that is known of a partition.</summary>
    public static void WriteStatus(PartitionDocument partition, DateTimeOffset now, TextWriter output)
    {
        void Line(string label, string text) => output.WriteLine($"{label,-14}{PlainText.Of(text)}");
        Line("name", partition.Name);
        Line("state", partition.State);
        Line("evidence", $"{partition.Evidence.Text} ({Time(partition.Evidence.Time)})");
        Line("cpus", $"{partition.Cpus} (APIC IDs {string.Join(", ", partition.CpuDetails.Select(cpu => cpu.ApicId.ToString(CultureInfo.InvariantCulture)))}; nodes {string.Join(", ", partition.CpuDetails.Select(cpu => cpu.Node).Distinct())})");
        if (partition.CpusMax is int most)
        {
            Line("cpus max", $"{most}: 'parker set {partition.Name} --cpus N' while it runs");
        }

        foreach (PartitionMemoryDocument memory in partition.Memory)
        {
            Line("memory", $"{new ByteSize(memory.Range.SizeBytes).ToDisplayString()} at {memory.Range.First} on node {memory.Node}{(memory.Came ? ", came while it ran" : "")}");
        }

        if (partition.MemoryMaxBytes is ulong largest)
        {
            Line("memory max", $"{new ByteSize(largest).ToDisplayString()} in steps of {new ByteSize(partition.MemoryStepBytes ?? 0).ToDisplayString()}: 'parker set {partition.Name} --memory SIZE' while it runs");
        }

        Line("low slot", partition.LowSlot);
        Line("header page", partition.HeaderPage);
        foreach (PartitionBusDocument bus in partition.Buses)
        {
            Line("bus", $"{new PciBusRange(bus.Buses.Segment, bus.Buses.First, bus.Buses.Last)} behind {bus.RootPort}: {string.Join(", ", bus.Functions)}; DMA containment: {partition.Containment}");
        }

        if (partition.Uart is string port)
        {
            Line("uart", port);
        }

        Line("kernel", partition.Kernel);
        foreach (string initrd in partition.Initrd)
        {
            Line("initrd", initrd);
        }

        Line("command line", partition.CommandLine.Length == 0 ? "-" : partition.CommandLine);
        if (partition.Image is ImageDocument image)
        {
            Line("release", image.Release.Length == 0 ? "-" : image.Release);
            Line("hashes", $"kernel {image.KernelHash}, initrd {image.InitrdHash}, command line {image.CommandLineHash} (XXH128)");
            Line("given", image.CommandLine);
            Line("boot", $"{partition.BootId} since {Time(partition.StartedAt!.Value)}, up {(Uptime(partition, now) is { Length: > 0 } uptime ? uptime : "-")}");
        }

        if (partition.Observed is ObservedKernelDocument observed)
        {
            WriteObserved(observed, Line);
            if (partition.State == "running" && CpuSet.TryParse(observed.OnlineCpus, CultureInfo.InvariantCulture, out CpuSet? online) && online.Count < partition.CpuDetails.Count)
            {
                Line(" offline cpus", $"{partition.CpuDetails.Count - online.Count} of its {partition.CpuDetails.Count}: its user space has not brought them online ('parker set --help' has a udev rule that does)");
            }
        }

        if (partition is { State: "running", Observed.OfflineMemoryBytes: > 0 and ulong offline })
        {
            Line(" offline mem", $"{new ByteSize(offline).ToDisplayString()} of what came: its kernel does not bring it online by itself. In it: echo online_movable >/sys/devices/system/memory/auto_online_blocks, and to the state of each memory*");
        }

        Line("restart", Restart(partition.Supervision));
        Line("holds", partition.HoldsMachine ? "CPUs, memory and devices of the machine" : "nothing of the machine");
    }

    /// <summary>Writes what the kernel's memory tells.</summary>
    private static void WriteObserved(ObservedKernelDocument kernel, Action<string, string> line)
    {
        line("kernel says", $"{kernel.Release}, build {kernel.BuildId ?? "not told"}, KASLR offset {kernel.KaslrOffset ?? "not told"}, {kernel.PageTableLevels} levels of page tables");
        line(" taint", kernel.Taint switch { null => "not told", "" => "none", string letters => letters });
        line(" command line", kernel.CommandLine ?? "not told");
        line(" online cpus", kernel.OnlineCpus ?? "not told");
        line(" uptime", kernel.UptimeSeconds is double seconds ? Duration(TimeSpan.FromSeconds(seconds)) : "not told");
        if (kernel.LastRecord is LogRecordDocument last)
        {
            line(" last record", Record(last.TimeNs ?? 0, last.Text));
        }

        if (kernel.Panic is string panic)
        {
            line(" panic", PlainText.Cut(panic, LongestLine));
        }

        foreach (KernelTroubleDocument trouble in kernel.Troubles)
        {
            line(" " + (trouble.Kind == "out_of_memory_kill" ? "oom kill" : trouble.Kind.Replace('_', ' ')), Record(trouble.TimeNs, trouble.Text));
        }

        if (kernel.OutOfMemoryKills > 0)
        {
            line(" oom kills", kernel.OutOfMemoryKills.ToString(CultureInfo.InvariantCulture));
        }

        static string Record(ulong time, string text) => string.Create(CultureInfo.InvariantCulture, $"[{time / 1e9,12:0.000000}] {PlainText.Cut(text, LongestLine)}");
    }

    private static string Release(PartitionDocument partition) => PlainText.Cut(PlainText.Of(partition.Observed?.Release ?? partition.Image?.Release ?? ""), LongestRelease);

    /// <summary>What the state stands on, and what the kernel itself said of it.</summary>
    private static string Evidence(PartitionDocument partition)
    {
        string? said = partition.Observed?.Panic ?? partition.Observed?.Troubles.MaxBy(trouble => trouble.TimeNs)?.Text;
        return said is null || partition.Evidence.Text.Contains('"', StringComparison.Ordinal) ? partition.Evidence.Text : $"{partition.Evidence.Text}; \"{PlainText.Cut(PlainText.Of(said), LongestLine)}\"";
    }

    private static string Restart(SupervisionDocument supervision)
    {
        string text = supervision.Restart + (supervision.Autostart ? ", autostart" : "") + (supervision.Dump ? ", dump" : "");
        text += supervision.Restarts == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {supervision.Restarts} so far, {supervision.RestartsInRow} in a row");
        text += supervision.GivenUp ? ", given up" : "";
        return supervision.NextRestart is DateTimeOffset next ? $"{text}; next at {Time(next)}" : text;
    }

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Uptime(PartitionDocument partition, DateTimeOffset now)
    {
        if (partition.State is not ("running" or "starting") || partition.StartedAt is not DateTimeOffset startedAt)
        {
            return "";
        }

        return Duration(now - startedAt);
    }

    private static string Duration(TimeSpan uptime) => uptime switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)uptime.TotalDays}d {uptime.Hours}h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{uptime.Hours}h {uptime.Minutes}m"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{uptime.Minutes}m {uptime.Seconds}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, uptime.TotalSeconds):0}s"),
    };
}
