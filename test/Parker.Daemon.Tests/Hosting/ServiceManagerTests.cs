using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Parker.Cli.Tests;
using Parker.Daemon.Events;
using Parker.Daemon.Hosting;

namespace Parker.Daemon.Tests.Hosting;

/// <summary>What systemd is told: how the daemon is, and its messages.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 20_000 };

    public ServiceManagerTests() => _systemd.Bind(new UnixDomainSocketEndPoint(Path));

    private string Path => _folder["socket"];

    public void Dispose()
    {
        _systemd.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Systemd_is_told_ready_signs_of_life_and_the_end()
    {
        using ServiceManager manager = new(Environment(("NOTIFY_SOCKET", Path), ("WATCHDOG_USEC", "300000")));
        manager.Ready();
        manager.IsAlive();
        manager.IsAlive();
        manager.Stopping();
        Assert.Equal(["READY=1", "WATCHDOG=1", "STOPPING=1"], (string[])[Receive(), Receive(), Receive()]);

        // A third of the watchdog's time later the next sign is due.
        Thread.Sleep(110);
        manager.IsAlive();
        Assert.Equal("WATCHDOG=1", Receive());
    }

    [Fact]
    public void Watchdog_of_another_process_gets_no_signs()
    {
        using ServiceManager manager = new(Environment(("NOTIFY_SOCKET", Path), ("WATCHDOG_USEC", "300000"), ("WATCHDOG_PID", "1")));
        manager.IsAlive();
        manager.Ready();
        Assert.Equal("READY=1", Receive());
    }

    [Fact]
    public void Without_systemd_nothing_is_told()
    {
        using ServiceManager manager = new(_ => null);
        manager.Ready();
        manager.IsAlive();
        manager.Stopping();
        Assert.Equal(0, _systemd.Available);
    }

    [Fact]
    public void Message_goes_to_the_journal_with_a_field_for_each_of_its_values()
    {
        using JournalLoggerProvider provider = new(Path);
        using ILoggerFactory factory = LoggerFactory.Create(logging => logging.AddProvider(provider));
        new AuditLog(factory.CreateLogger("parker")).Write(new(7, DateTimeOffset.UnixEpoch, "db", "step", "take CPU 4\noffline", null, 1000), new Requester(1000, 42));
        string message = Receive();
        Assert.Contains("\nPRIORITY=6\nSYSLOG_IDENTIFIER=parker\nPARKER_PARTITION=db\nPARKER_KIND=step\n", message, StringComparison.Ordinal);
        Assert.Contains("PARKER_UID=1000\nPARKER_PROCESS=42\n", message, StringComparison.Ordinal);
        Assert.Contains("PARKER_TEXT\n\u0012\0\0\0\0\0\0\0take CPU 4\noffline\n", message, StringComparison.Ordinal);
    }

    private static Func<string, string?> Environment(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;

    private string Receive()
    {
        byte[] buffer = new byte[65536];
        return Encoding.UTF8.GetString(buffer, 0, _systemd.Receive(buffer));
    }
}
