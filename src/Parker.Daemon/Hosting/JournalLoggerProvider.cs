using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Parker.Daemon.Hosting;

/// <summary>Writes each message to systemd's journal with a field for each of its values: <c>PARKER_PARTITION=db</c>.</summary>
/// <remarks>
/// The journal's native protocol (systemd, "Native Journal Protocol"): a datagram of <c>NAME=value</c> lines; a value with line ends is <c>NAME</c>, a line end, its length in 8 bytes
/// little endian, the value and a line end. A message that the journal does not take goes nowhere: it must never keep the daemon from its work.
/// </remarks>
internal sealed class JournalLoggerProvider : ILoggerProvider
{
    /// <summary>Where the journal listens.</summary>
    public const string SocketPath = "/run/systemd/journal/socket";

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };

    /// <summary>Connects to the journal.</summary>
    /// <param name="path">Its socket.</param>
    /// <exception cref="SocketException">There is none.</exception>
    public JournalLoggerProvider(string path)
    {
        try
        {
            _socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new JournalLogger(this);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Send(MemoryStream datagram)
    {
        try
        {
            _socket.Send(datagram.GetBuffer().AsSpan(0, (int)datagram.Length));
        }
        catch (SocketException)
        {
        }
    }

    private sealed class JournalLogger(JournalLoggerProvider provider) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            using MemoryStream datagram = new();
            Add(datagram, "MESSAGE", exception is null ? formatter(state, exception) : $"{formatter(state, exception)}\n{exception}");
            Add(datagram, "PRIORITY", Priorities.Of(logLevel).ToString(CultureInfo.InvariantCulture));
            Add(datagram, "SYSLOG_IDENTIFIER", "parker");
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
            {
                foreach ((string name, object? value) in values.Where(value => !value.Key.StartsWith('{')))
                {
                    Add(datagram, "PARKER_" + name.ToUpperInvariant(), Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
                }
            }

            provider.Send(datagram);
        }

        private static void Add(MemoryStream datagram, string name, string value)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(value);
            datagram.Write(Encoding.ASCII.GetBytes(name));
            if (bytes.Contains((byte)'\n'))
            {
                Span<byte> length = stackalloc byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)bytes.Length);
                datagram.WriteByte((byte)'\n');
                datagram.Write(length);
            }
            else
            {
                datagram.WriteByte((byte)'=');
            }

            datagram.Write(bytes);
            datagram.WriteByte((byte)'\n');
        }
    }
}
