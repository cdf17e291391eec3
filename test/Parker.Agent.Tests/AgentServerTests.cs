using System.Globalization;
using System.Text;
using Parker.Agent.Protocol;
using Parker.Agent.Protocol.Messages;

namespace Parker.Agent.Tests;

/// <summary>The agent itself, in this process, over a port that the test holds the other end of.</summary>
public sealed class AgentServerTests : IDisposable
{
    private readonly FakePort _port = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _server;
    private readonly string _folder = Directory.CreateTempSubdirectory("parker-agent-").FullName;

    public AgentServerTests()
    {
        _server = new Thread(() => new AgentServer(_port, "6.12-test").Serve(_stop.Token));
        _server.Start();
    }

    [Fact]
    public void Hello_is_answered_with_its_nonce_and_the_release()
    {
        _port.Send(new Hello(Hello.CurrentVersion, 42).ToFrame());
        Frame answer = _port.Receive();
        Assert.True(HelloAnswer.TryParse(answer.Payload.Span, out HelloAnswer hello));
        Assert.Equal((FrameKind.HelloAnswer, new HelloAnswer(Hello.CurrentVersion, 42, "6.12-test")), (answer.Kind, hello));
    }

    [Fact]
    public void Ping_comes_back_with_what_it_carried()
    {
        _port.Send(new Frame(FrameKind.Ping, 9, new byte[] { 1, 2, 3 }));
        Frame answer = _port.Receive();
        Assert.Equal((FrameKind.Pong, 9U), (answer.Kind, answer.Request));
        Assert.Equal([1, 2, 3], answer.Payload.ToArray());
    }

    [Fact]
    public void Command_gives_output_error_and_exit_code()
    {
        (string output, string error, ExitReport report) = Run("echo a; echo b >&2; exit 7");
        Assert.Equal(("a\n", "b\n", 7), (output, error, report.ExitCode));
    }

    [Fact]
    public void Command_with_much_output_gives_all_of_it() => Assert.Equal(3_000_000, Run("head -c 3000000 /dev/zero | tr '\\0' x").Output.Length);

    [Fact]
    public void Command_past_its_time_is_killed_and_told()
    {
        (string output, _, ExitReport report) = Run("echo before; sleep 1000", timeoutMs: 300);
        Assert.Equal(("before\n", ExitReason.TimedOut, 124), (output, report.Reason, report.ExitCode));
    }

    [Fact]
    public void Command_gets_environment_and_folder()
    {
        _port.Send(new RunRequest(["sh", "-c", "echo $GIVEN; pwd"], ["GIVEN=yes"], "/usr", 0, null).ToFrame(1));
        Assert.Equal("yes\n/usr\n", Collect(1).Output);
    }

    [Fact]
    public void Command_that_is_not_there_fails_with_the_reason()
    {
        _port.Send(new RunRequest(["/no/such/program"], [], "", 0, null).ToFrame(4));
        Assert.Contains("/no/such/program", ReceiveFailure(4), StringComparison.Ordinal);
    }

    [Fact]
    public void Command_is_killed_when_asked()
    {
        _port.Send(new RunRequest(["sleep", "1000"], [], "", 0, null).ToFrame(5));
        _port.Send(new Frame(FrameKind.Kill, 5, default));
        Assert.Equal(new ExitReport(ExitReason.Signaled, 9), Collect(5).Report);
    }

    [Fact]
    public void Commands_run_side_by_side()
    {
        _port.Send(new RunRequest(["sleep", "1000"], [], "", 0, null).ToFrame(1));
        _port.Send(new RunRequest(["echo", "second"], [], "", 0, null).ToFrame(2));
        Assert.Equal("second\n", Collect(2).Output);
        _port.Send(new Frame(FrameKind.Kill, 1, default));
        Assert.Equal(137, Collect(1).Report.ExitCode);
    }

    [Fact]
    public void Terminal_takes_typed_bytes_and_sizes()
    {
        _port.Send(new RunRequest(["sh", "-c", "read line; stty size; echo got $line"], [], "", 0, new TerminalSize(24, 80)).ToFrame(1));
        _port.Send(new TerminalSize(40, 100).ToFrame(1));
        _port.Send(new Frame(FrameKind.Input, 1, "hello\n"u8.ToArray()));
        (string output, _, ExitReport report) = Collect(1);
        Assert.Contains("40 100\r\ngot hello\r\n", output, StringComparison.Ordinal);
        Assert.Equal(0, report.ExitCode);
    }

    [Fact]
    public void File_goes_in_and_out_again()
    {
        byte[] content = new byte[200_000];
        new Random(1).NextBytes(content);
        string path = Path.Combine(_folder, "new", "file");
        _port.Send(new PutRequest(path, 0x1ed, (ulong)content.Length).ToFrame(1));
        foreach (byte[] part in content.Chunk(Frame.MaxPayload))
        {
            _port.Send(new Frame(FrameKind.Input, 1, part));
        }

        _port.Send(new Frame(FrameKind.InputEnd, 1, default));
        Assert.Equal((FrameKind.Done, 1U), KindOf(_port.Receive()));
        Assert.Equal(content, File.ReadAllBytes(path));
        Assert.Equal((UnixFileMode)0x1ed, File.GetUnixFileMode(path));

        _port.Send(new GetRequest(path).ToFrame(2));
        Assert.True(FileInformation.TryParse(_port.Receive().Payload.Span, out FileInformation information));
        Assert.Equal(0x1ed, information.Mode);
        using MemoryStream back = new();
        Frame frame;
        while ((frame = _port.Receive()).Kind == FrameKind.FileData)
        {
            back.Write(frame.Payload.Span);
        }

        Assert.Equal(FrameKind.Done, frame.Kind);
        Assert.Equal(content, back.ToArray());
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(2, 3)]
    public void File_of_another_length_than_announced_is_not_kept(int announced, int sent)
    {
        string path = Path.Combine(_folder, "file");
        _port.Send(new PutRequest(path, 0x1a4, (ulong)announced).ToFrame(1));
        _port.Send(new Frame(FrameKind.Input, 1, new byte[sent]));
        _port.Send(new Frame(FrameKind.InputEnd, 1, default));
        ReceiveFailure(1);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void Files_that_can_not_be_made_or_read_fail_with_the_reason()
    {
        _port.Send(new PutRequest("/proc/no/file", 0x1a4, 0).ToFrame(1));
        ReceiveFailure(1);
        _port.Send(new GetRequest(_folder).ToFrame(2));
        ReceiveFailure(2);
        _port.Send(new GetRequest("/proc/self/osrelease-missing").ToFrame(3));
        ReceiveFailure(3);
    }

    [Fact]
    public void File_without_a_length_of_its_own_goes_out_whole()
    {
        _port.Send(new GetRequest("/proc/version").ToFrame(1));
        Assert.Equal(FrameKind.FileInformation, _port.Receive().Kind);
        Assert.Equal(File.ReadAllText("/proc/version"), Encoding.UTF8.GetString(_port.Receive().Payload.Span));
        Assert.Equal(FrameKind.Done, _port.Receive().Kind);
    }

    [Fact]
    public void Peer_that_vanishes_takes_its_commands_with_it_and_the_next_is_served()
    {
        _port.Send(new Hello(Hello.CurrentVersion, 1).ToFrame());
        _port.Receive();
        _port.Send(new RunRequest(["sh", "-c", "echo $$; exec sleep 1000"], [], "", 0, null).ToFrame(1));
        int process = int.Parse(Encoding.ASCII.GetString(_port.Receive().Payload.Span), CultureInfo.InvariantCulture);

        // It goes in the middle of a frame.
        _port.SendBytes(new Frame(FrameKind.Run, 2, new byte[100]).ToBytes()[..50]);
        _port.Disconnect();
        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists($"/proc/{process}"), TimeSpan.FromSeconds(20)));

        _port.Connect();
        _port.Send(new Hello(Hello.CurrentVersion, 2).ToFrame());
        Assert.True(HelloAnswer.TryParse(_port.Receive().Payload.Span, out HelloAnswer answer));
        Assert.Equal(2UL, answer.Nonce);
        Assert.Equal("again\n", Run("echo again").Output);
    }

    [Fact]
    public void Peer_that_vanishes_while_much_is_sent_to_it_does_not_stop_the_agent()
    {
        _port.Send(new RunRequest(["sh", "-c", "cat /dev/zero"], [], "", 0, null).ToFrame(1));
        Assert.Equal(FrameKind.Output, _port.Receive().Kind);
        _port.Disconnect();
        Thread.Sleep(100);
        _port.Connect();
        _port.Send(new Hello(Hello.CurrentVersion, 3).ToFrame());
        Frame frame;
        while ((frame = _port.Receive()).Kind != FrameKind.HelloAnswer)
        {
            Assert.Equal(FrameKind.Output, frame.Kind);
        }

        Assert.True(_port.IsSilent(300));
    }

    [Fact]
    public void Hello_of_a_second_peer_ends_what_the_first_started()
    {
        _port.Send(new RunRequest(["sleep", "1000"], [], "", 0, null).ToFrame(1));
        _port.Send(new Hello(Hello.CurrentVersion, 5).ToFrame());
        Assert.Equal(FrameKind.HelloAnswer, _port.Receive().Kind);
        _port.Send(new RunRequest(["echo", "same number"], [], "", 0, null).ToFrame(1));
        Assert.Equal("same number\n", Collect(1).Output);
    }

    [Fact]
    public void Number_in_use_is_refused()
    {
        _port.Send(new RunRequest(["sleep", "1000"], [], "", 0, null).ToFrame(1));
        _port.Send(new RunRequest(["true"], [], "", 0, null).ToFrame(1));
        ReceiveFailure(1);
    }

    [Fact]
    public void Damaged_requests_and_unknown_kinds_are_refused_and_the_agent_goes_on()
    {
        foreach (FrameKind kind in (FrameKind[])[FrameKind.Hello, FrameKind.Run, FrameKind.Put, FrameKind.Get, FrameKind.Output, (FrameKind)0x7777])
        {
            _port.Send(new Frame(kind, 3, new byte[] { 0xff, 0xff, 0xff, 0xff }));
            ReceiveFailure(3);
        }

        _port.Send(new Frame(FrameKind.Input, 99, new byte[10]));
        _port.Send(new Frame(FrameKind.Kill, 99, default));
        Assert.Equal("fine\n", Run("echo fine").Output);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _port.Stop();
        Assert.True(_server.Join(TimeSpan.FromSeconds(20)));
        Directory.Delete(_folder, recursive: true);
        _stop.Dispose();
        _port.Dispose();
    }

    private static (FrameKind Kind, uint Request) KindOf(Frame frame) => (frame.Kind, frame.Request);

    private string ReceiveFailure(uint request)
    {
        Frame frame = _port.Receive();
        Assert.Equal((FrameKind.Failed, request), KindOf(frame));
        Assert.True(Failure.TryParse(frame.Payload.Span, out Failure failure));
        Assert.NotEmpty(failure.Reason);
        return failure.Reason;
    }

    private (string Output, string Error, ExitReport Report) Run(string script, uint timeoutMs = 0)
    {
        _port.Send(new RunRequest(["sh", "-c", script], [], "", timeoutMs, null).ToFrame(8));
        return Collect(8);
    }

    private (string Output, string Error, ExitReport Report) Collect(uint request)
    {
        StringBuilder output = new();
        StringBuilder error = new();
        while (true)
        {
            Frame frame = _port.Receive();
            if (frame.Request != request)
            {
                continue;
            }

            if (frame.Kind == FrameKind.Exited)
            {
                Assert.True(ExitReport.TryParse(frame.Payload.Span, out ExitReport report));
                return (output.ToString(), error.ToString(), report);
            }

            Assert.True(frame.Kind is FrameKind.Output or FrameKind.Error, frame.Kind.ToString());
            (frame.Kind == FrameKind.Output ? output : error).Append(Encoding.UTF8.GetString(frame.Payload.Span));
        }
    }
}
