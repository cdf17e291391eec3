using Parker.Daemon.ControlFiles;

namespace Parker.Daemon.Tests.ControlFiles;

/// <summary>Listings of a few words.</summary>
internal static class FakeTexts
{
    public static ControlFileTexts All { get; } = new()
    {
        Version = "1.2.3",
        Topology = machine => $"{machine.Cpus.Count} CPUs\n",
        Check = machine => $"check of {machine.Identity.Vendor}\n",
        Plan = plan => $"{string.Join(' ', plan.Changes.Select(change => $"{change.Partition}:{change.Kind}"))}\n",
        Log = log => string.Concat(log.Records.Select(record => record.Text + "\n")),
    };
}
