using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Parker.Daemon.Hosting;

/// <summary>Tells systemd how the daemon is (sd_notify(3)); where there is no systemd, nothing.</summary>
public sealed class ServiceManager : IDisposable
{
    private readonly Socket? _socket;
    private readonly TimeSpan? _interval;
    private long _lastSign;

    /// <summary>The service manager that the environment names.</summary>
    /// <param name="environment">The value of a variable; null where it is not set.</param>
    /// <exception cref="SocketException">It names a socket that cannot be reached.</exception>
    public ServiceManager(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (environment("NOTIFY_SOCKET") is not { Length: > 0 } path)
        {
            return;
        }

        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            // A name that begins with '@' is one without a file: its first byte is 0.
            _socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? "\0" + path[1..] : path));
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        string? owner = environment("WATCHDOG_PID");
        if ((owner is null || owner == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            && long.TryParse(environment("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
            && microseconds > 0)
        {
            // Three times within it, so that one that comes late does no harm.
            _interval = TimeSpan.FromMicroseconds(microseconds / 3.0);
        }
    }

    /// <summary>The daemon serves.</summary>
    public void Ready() => Send("READY=1");

    /// <summary>The daemon ends.</summary>
    public void Stopping() => Send("STOPPING=1");

    /// <summary>A sign of life, from the thread whose death the watchdog shall see. Sent as often as the watchdog needs it.</summary>
    public void IsAlive()
    {
        if (_interval is TimeSpan interval && (_lastSign == 0 || TimeProvider.System.GetElapsedTime(_lastSign) >= interval))
        {
            _lastSign = TimeProvider.System.GetTimestamp();
            Send("WATCHDOG=1");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();

    private void Send(string state)
    {
        try
        {
            _socket?.Send(Encoding.ASCII.GetBytes(state));
        }
        catch (SocketException)
        {
            // A service manager that is gone needs no news; the partitions need this daemon.
        }
    }
}
