using CsCheck;
using Parker.Agent.Protocol.Messages;

namespace Parker.Agent.Protocol.Tests.Messages;

public sealed class MessageTests
{
    private delegate bool Parser<T>(ReadOnlySpan<byte> payload, out T message);

    // Texts that a kernel takes: no NUL, and well-formed.
    private static readonly Gen<string> Text = Gen.String[Gen.Char["abz09 /=äß日\n\""], 0, 20];
    private static readonly Gen<string> Variable = Gen.Select(Gen.String[Gen.Char["ABC_"], 1, 5], Text, (name, value) => name + "=" + value);
    private static readonly Gen<TerminalSize> Size = Gen.Select(Gen.UShort, Gen.UShort, (rows, columns) => new TerminalSize(rows, columns));

    [Fact]
    public void Hello_and_its_answer_come_back() =>
        Gen.Select(Gen.UShort, Gen.ULong, Text).Sample((version, nonce, release) =>
        {
            AssertComesBack(new Hello(version, nonce), message => message.ToFrame(), Hello.TryParse);
            AssertComesBack(new HelloAnswer(version, nonce, release), message => message.ToFrame(), HelloAnswer.TryParse);
        });

    [Fact]
    public void Run_request_comes_back() =>
        Gen.Select(Text.Array[0, 5], Variable.Array[0, 5], Text, Gen.UInt, Gen.Bool, Size).Sample((arguments, environment, folder, timeout, onTerminal, size) =>
        {
            RunRequest request = new(["sh", .. arguments], environment, folder, timeout, onTerminal ? size : null);
            Assert.True(RunRequest.TryParse(request.ToFrame(3).Payload.Span, out RunRequest found));
            Assert.Equal(request.Arguments, found.Arguments);
            Assert.Equal(request.Environment, found.Environment);
            Assert.Equal((request.Folder, request.TimeoutMs, request.Terminal), (found.Folder, found.TimeoutMs, found.Terminal));
        });

    [Fact]
    public void Small_messages_come_back() =>
        Gen.Select(Text, Gen.UShort[0, 0xfff], Gen.Long[0, long.MaxValue], Size, Gen.UInt).Sample((text, mode, length, size, value) =>
        {
            AssertComesBack(new PutRequest("/" + text, mode, (ulong)length), message => message.ToFrame(1), PutRequest.TryParse);
            AssertComesBack(new GetRequest("/" + text), message => message.ToFrame(1), GetRequest.TryParse);
            AssertComesBack(new FileInformation(mode), message => message.ToFrame(1), FileInformation.TryParse);
            AssertComesBack(new Failure(text), message => message.ToFrame(1), Failure.TryParse);
            AssertComesBack(size, message => message.ToFrame(1), TerminalSize.TryParse);
            AssertComesBack(new ExitReport((ExitReason)(value % 3), value), message => message.ToFrame(1), ExitReport.TryParse);
        });

    [Fact]
    public void Hostile_payload_is_refused_or_read_never_thrown_at() =>
        Gen.Select(Gen.Byte.Array[0, 64], Gen.UInt[0, 6], Gen.Int[0, 60]).Sample((noise, small, at) =>
        {
            // Small counts and lengths come close to being right.
            byte[] payload = [.. noise];
            if (at + 4 <= payload.Length)
            {
                BitConverter.TryWriteBytes(payload.AsSpan(at), small);
            }

            _ = Hello.TryParse(payload, out _);
            _ = HelloAnswer.TryParse(payload, out _);
            _ = RunRequest.TryParse(payload, out _);
            _ = ExitReport.TryParse(payload, out _);
            _ = PutRequest.TryParse(payload, out _);
            _ = GetRequest.TryParse(payload, out _);
            _ = FileInformation.TryParse(payload, out _);
            _ = TerminalSize.TryParse(payload, out _);
            _ = Failure.TryParse(payload, out _);
        });

    [Fact]
    public void Every_cut_of_a_message_is_refused()
    {
        byte[] whole = new RunRequest(["ls", "-l"], ["A=b"], "/", 5, new TerminalSize(24, 80)).ToFrame(1).Payload.ToArray();
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.False(RunRequest.TryParse(whole.AsSpan(0, length), out _));
        }

        Assert.False(RunRequest.TryParse([.. whole, 0], out _));
    }

    public static TheoryData<string[], string[], string> BadRuns => new()
    {
        { [], [], "" },
        { [""], [], "" },
        { ["a\0b"], [], "" },
        { ["sh"], ["NOVALUE"], "" },
        { ["sh"], ["=x"], "" },
        { ["sh"], [], "/\0" },
    };

    [Theory]
    [MemberData(nameof(BadRuns))]
    public void Run_request_that_no_kernel_would_take_is_refused(string[] arguments, string[] environment, string folder) =>
        Assert.False(RunRequest.TryParse(new RunRequest(arguments, environment, folder, 0, null).ToFrame(1).Payload.Span, out _));

    [Fact]
    public void List_with_a_huge_count_allocates_nothing()
    {
        byte[] payload = [0xff, 0xff, 0xff, 0x7f, .. new byte[60]];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(RunRequest.TryParse(payload, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }

    [Theory]
    [InlineData(ExitReason.Exited, 3U, 3)]
    [InlineData(ExitReason.Signaled, 9U, 137)]
    [InlineData(ExitReason.TimedOut, 0U, 124)]
    public void Exit_code_is_what_a_shell_gives(ExitReason reason, uint value, int code) => Assert.Equal(code, new ExitReport(reason, value).ExitCode);

    [Theory]
    [InlineData("relative")]
    [InlineData("")]
    [InlineData("/a\0b")]
    public void Paths_that_are_not_absolute_are_refused(string path)
    {
        Assert.False(PutRequest.TryParse(new PutRequest(path, 0, 0).ToFrame(1).Payload.Span, out _));
        Assert.False(GetRequest.TryParse(new GetRequest(path).ToFrame(1).Payload.Span, out _));
    }

    [Fact]
    public void Run_request_that_fits_no_frame_is_refused_where_it_is_made() =>
        Assert.Throws<ArgumentException>(() => new RunRequest(["sh", new string('x', Frame.MaxPayload)], [], "", 0, null).ToFrame(1));

    private static void AssertComesBack<T>(T message, Func<T, Frame> write, Parser<T> parse)
    {
        Assert.True(parse(write(message).Payload.Span, out T found));
        Assert.Equal(message, found);
    }
}
