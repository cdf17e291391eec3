using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;

namespace Parker.Lab.Servers;

/// <summary>QEMU's machine protocol (QMP): one line of JSON each way.</summary>
internal sealed class QemuMonitor : IDisposable
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private readonly StreamWriter _writer;
    private readonly BlockingCollection<JsonElement> _answers = [];
    private readonly Lock _turn = new();
    private readonly Thread _reader;

    private QemuMonitor(Socket socket)
    {
        _socket = socket;
        NetworkStream stream = new(socket, ownsSocket: true);
        _writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" };
        _reader = new Thread(() => Read(stream)) { IsBackground = true, Name = "qmp" };
        _reader.Start();
    }

    /// <summary>Why the machine stopped, in QEMU's words, such as <c>guest-reset</c>; empty while it runs.</summary>
    public string ShutdownReason { get; private set; } = "";

    /// <summary>Waits until QEMU listens, and connects.</summary>
    public static QemuMonitor Connect(string path, TimeSpan timeout, Func<bool> isAlive, Func<string> whyEnded)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (true)
        {
            Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
                QemuMonitor monitor = new(socket);
                monitor.Ask("qmp_capabilities", null);
                return monitor;
            }
            catch (SocketException e)
            {
                socket.Dispose();
                if (!isAlive() || clock.Elapsed > timeout)
                {
                    throw new LabException($"QEMU does not answer at its monitor. {whyEnded()}", e);
                }

                Thread.Sleep(10);
            }
        }
    }

    /// <summary>A command for people, such as <c>info registers -a</c>.</summary>
    public string HumanCommand(string command) => Ask("human-monitor-command", command).GetString() ?? "";

    public void Dispose()
    {
        _socket.Dispose();
        _reader.Join();
        _writer.Dispose();
        _answers.Dispose();
    }

    private JsonElement Ask(string command, string? line)
    {
        lock (_turn)
        {
            string arguments = line is null ? "" : $", \"arguments\": {{\"command-line\": \"{JsonEncodedText.Encode(line)}\"}}";
            try
            {
                _writer.WriteLine($"{{\"execute\": \"{command}\"{arguments}}}");
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                throw new LabException("QEMU is gone.", e);
            }

            if (!_answers.TryTake(out JsonElement answer, AnswerPatience))
            {
                throw new LabException(_answers.IsAddingCompleted ? "QEMU is gone." : $"QEMU gave no answer to '{command}' within {AnswerPatience.TotalSeconds:F0} s.");
            }

            return answer.TryGetProperty("return", out JsonElement result)
                ? result
                : throw new LabException($"QEMU refused '{line ?? command}': {answer}");
        }
    }

    private void Read(NetworkStream stream)
    {
        try
        {
            using StreamReader reader = new(stream);
            while (reader.ReadLine() is string line)
            {
                using JsonDocument document = JsonDocument.Parse(line);
                JsonElement root = document.RootElement;
                if (root.TryGetProperty("event", out JsonElement name))
                {
                    if (name.ValueEquals("SHUTDOWN"))
                    {
                        ShutdownReason = root.GetProperty("data").GetProperty("reason").GetString() ?? "";
                    }
                }
                else if (!root.TryGetProperty("QMP", out _))
                {
                    _answers.Add(root.Clone());
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or JsonException)
        {
            // The end, said otherwise.
        }

        _answers.CompleteAdding();
    }
}
