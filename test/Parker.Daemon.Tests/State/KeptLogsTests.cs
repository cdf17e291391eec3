using Parker.Api.Inspection;
using Parker.Cli.Tests;
using Parker.Daemon.State;
using Parker.Partition;

namespace Parker.Daemon.Tests.State;

public sealed class KeptLogsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Newest_twenty_of_a_partition_stay_for_root_only()
    {
        KeptLogs logs = new(_folder["logs"]);
        for (int boot = 0; boot < 25; boot++)
        {
            logs.Keep(TestServer.Name, DateTimeOffset.UnixEpoch.AddSeconds(boot), Log($"boot {boot}"));
        }

        logs.Keep(PartitionName.Parse("other"), DateTimeOffset.UnixEpoch, Log("another's"));
        IReadOnlyList<string> boots = logs.Boots(TestServer.Name);
        Assert.Equal(Enumerable.Range(5, 20).Reverse().Select(boot => $"boot {boot}"), boots.Select(boot => Assert.Single(KeptLogs.Read(boot).Records).Text));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(boots[0]));
        Assert.Equal(20, Directory.GetFiles(Path.GetDirectoryName(boots[0])!).Length);
    }

    [Fact]
    public void Damaged_file_is_told()
    {
        KeptLogs logs = new(_folder["logs"]);
        logs.Keep(TestServer.Name, DateTimeOffset.UnixEpoch, Log("text"));
        string file = logs.Boots(TestServer.Name)[0];
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 0xFF;
        bytes[4] ^= 0xFF;
        File.WriteAllBytes(file, bytes);
        Assert.Contains(file, Assert.ThrowsAny<IOException>(() => KeptLogs.Read(file)).Message, StringComparison.Ordinal);
    }

    private static LogDocument Log(string text) => new()
    {
        Partition = "db",
        BootId = Guid.NewGuid(),
        Release = "6.12",
        Source = "ring",
        Lost = 0,
        Position = null,
        Records = [new LogRecordDocument(0, 1, "error", 0, 1, null, null, null, text)],
    };
}
