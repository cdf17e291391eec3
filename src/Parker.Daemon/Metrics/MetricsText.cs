using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using Parker.Api.Partitions;
using Parker.Daemon.Partitions;

namespace Parker.Daemon.Metrics;

/// <summary>What is measured, in the text format of Prometheus (exposition format 0.0.4).</summary>
/// <remarks>
/// <code>
/// # HELP parker_partition_cpus CPUs of the partition.
/// # TYPE parker_partition_cpus gauge
/// parker_partition_cpus{partition="db"} 8
/// </code>
/// </remarks>
/// <param name="service">The partitions.</param>
/// <param name="requests">The requests.</param>
internal sealed class MetricsText(PartitionService service, RequestMeter requests)
{
    private static readonly string Version =
        typeof(MetricsText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Writes all that is measured as it is now.</summary>
    public ReadOnlyMemory<byte> Write()
    {
        StringBuilder text = new();
        IReadOnlyList<PartitionDocument> partitions = service.List().Partitions;
        Family(text, "parker_build_info", "gauge", "The version of the daemon.", [([("version", Version)], 1)]);
        Family(text, "parker_partition_state", "gauge", "1 for the state that the partition is in.", partitions.Select(one => (Labels(one, ("state", one.State)), 1.0)));
        Family(text, "parker_partition_cpus", "gauge", "CPUs of the partition.", partitions.Select(one => (Labels(one), (double)one.CpuDetails.Count)));
        Family(text, "parker_partition_memory_bytes", "gauge", "Memory of the partition.", partitions.Select(one => (Labels(one), (double)one.MemoryBytes)));
        Family(
            text,
            "parker_partition_start_time_seconds",
            "gauge",
            "When the last boot of the partition began, in seconds since 1970.",
            partitions.Where(one => one.StartedAt is not null).Select(one => (Labels(one), one.StartedAt!.Value.ToUnixTimeMilliseconds() / 1000.0)));
        Family(
            text,
            "parker_partition_evidence_time_seconds",
            "gauge",
            "When what the partition's state stands on was seen, in seconds since 1970.",
            partitions.Select(one => (Labels(one), one.Evidence.Time.ToUnixTimeMilliseconds() / 1000.0)));
        Family(text, "parker_events_total", "counter", "What happened to partitions since the daemon was started, by kind.", service.Events.Counts().Select(kind => (Label("kind", kind.Key), (double)kind.Value)));
        Family(text, "parker_requests_total", "counter", "Requests by operation and status.", requests.Requests.Select(one => (Labels(one.Key), (double)one.Value.Count)));
        Family(text, "parker_request_seconds_total", "counter", "Time spent on requests, by operation and status.", requests.Requests.Select(one => (Labels(one.Key), one.Value.Time.TotalSeconds)));
        using Process self = Process.GetCurrentProcess();
        Family(text, "process_resident_memory_bytes", "gauge", "Resident memory of the daemon.", [([], self.WorkingSet64)]);
        Family(text, "process_cpu_seconds_total", "counter", "CPU time of the daemon.", [([], self.TotalProcessorTime.TotalSeconds)]);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static (string Name, string Value)[] Label(string name, string value) => [(name, value)];

    private static (string Name, string Value)[] Labels(PartitionDocument partition, params (string Name, string Value)[] more) => [("partition", partition.Name), .. more];

    private static (string Name, string Value)[] Labels((string Operation, int Status) request) =>
        [("operation", request.Operation), ("status", request.Status.ToString(CultureInfo.InvariantCulture))];

    private static void Family(StringBuilder text, string name, string type, string help, IEnumerable<((string Name, string Value)[] Labels, double Value)> samples)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (((string Name, string Value)[] labels, double value) in samples)
        {
            string braces = labels.Length == 0 ? "" : "{" + string.Join(',', labels.Select(label => $"{label.Name}=\"{Escape(label.Value)}\"")) + "}";
            text.Append(CultureInfo.InvariantCulture, $"{name}{braces} {value:R}\n");
        }
    }

    private static string Escape(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
