using System.Globalization;
using Parker.Api.Partitions;
using Parker.Cli.Output;
using Parker.Machine;

namespace Parker.Cli.Partitions;

/// <summary>Partitions as text.</summary>
internal static class PartitionListing
{
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
                partition.Image?.Release ?? "",
                Uptime(partition, now),
                partition.Evidence.Text);
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
        foreach (PartitionMemoryDocument memory in partition.Memory)
        {
            Line("memory", $"{new ByteSize(memory.Range.SizeBytes).ToDisplayString()} at {memory.Range.First} on node {memory.Node}");
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

        Line("holds", partition.HoldsMachine ? "CPUs, memory and devices of the machine" : "nothing of the machine");
    }

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Uptime(PartitionDocument partition, DateTimeOffset now)
    {
        if (partition.State is not ("running" or "starting") || partition.StartedAt is not DateTimeOffset startedAt)
        {
            return "";
        }

        TimeSpan uptime = now - startedAt;
        return uptime switch
        {
            { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)uptime.TotalDays}d {uptime.Hours}h"),
            { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{uptime.Hours}h {uptime.Minutes}m"),
            { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{uptime.Minutes}m {uptime.Seconds}s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, uptime.TotalSeconds):0}s"),
        };
    }
}
