using System.Text;
using Parker.ControlFs.Protocol;
using Parker.ControlFs.Protocol.Structures;
using Parker.ControlFs.Sessions;
using Parker.Partition;

namespace Parker.ControlFs.Tests.Sessions;

public sealed class FuseSessionTests
{
    [Theory]
    [InlineData(31, 31)]
    [InlineData(36, 36)]
    [InlineData(45, 38)]
    public void Init_minor_version_is_the_smaller_one(uint kernel, uint spoken)
    {
        (FuseSession session, FuseCalls calls, _) = Begin();
        (Errno error, byte[] body) = calls.Call(FuseOpcode.Init, 0, FuseCalls.Bytes(new fuse_init_in { major = 7, minor = kernel, flags = 1 << 3 }));
        Assert.Equal(Errno.None, error);
        fuse_init_out answer = FuseCalls.Read<fuse_init_out>(body);
        Assert.Equal((7u, spoken, 1u << 3), (answer.major, answer.minor, answer.flags));
        Assert.Equal(spoken, session.Minor);
    }

    [Fact]
    public void Init_of_an_old_kernel_is_16_bytes_long()
    {
        (FuseSession session, FuseCalls calls, _) = Begin();
        Assert.Equal(Errno.None, calls.Call(FuseOpcode.Init, 0, FuseCalls.Bytes(new fuse_init_in { major = 7, minor = 31 })[..16]).Error);
        Assert.Equal(31u, session.Minor);
    }

    [Theory]
    [InlineData(7, 30)]
    [InlineData(6, 40)]
    public void Init_too_old_a_kernel_is_refused(uint major, uint minor)
    {
        (FuseSession session, FuseCalls calls, _) = Begin();
        Assert.Equal(Errno.EPROTO, calls.Call(FuseOpcode.Init, 0, FuseCalls.Bytes(new fuse_init_in { major = major, minor = minor })).Error);
        Assert.Equal(0u, session.Minor);
    }

    [Fact]
    public void Init_a_newer_major_version_is_asked_to_come_back()
    {
        (FuseSession session, FuseCalls calls, _) = Begin();
        (Errno error, byte[] body) = calls.Call(FuseOpcode.Init, 0, FuseCalls.Bytes(new fuse_init_in { major = 8, minor = 2 }));
        Assert.Equal((Errno.None, 7u, 0u), (error, FuseCalls.Read<fuse_init_out>(body).major, session.Minor));
        Assert.Equal(Errno.None, calls.Call(FuseOpcode.Init, 0, FuseCalls.Bytes(new fuse_init_in { major = 7, minor = 38 })).Error);
    }

    [Fact]
    public void Requests_before_init_are_refused()
    {
        (_, FuseCalls calls, _) = Begin();
        Assert.Equal(Errno.EPROTO, calls.Lookup(1, "version").Error);
    }

    [Theory]
    [InlineData(39)]
    [InlineData(21)]
    [InlineData(4711)]
    public void Unknown_requests_are_answered_with_ENOSYS(uint opcode) => Assert.Equal(Errno.ENOSYS, new TestTree().Calls.Call((FuseOpcode)opcode, 1, new byte[64]).Error);

    [Fact]
    public void Opendir_is_answered_so_that_the_kernel_asks_no_more() => Assert.Equal(Errno.ENOSYS, new TestTree().Calls.Call(FuseOpcode.Opendir, 1, new byte[8]).Error);

    [Theory]
    [InlineData(FuseOpcode.Lookup, "")]
    [InlineData(FuseOpcode.Lookup, "61")]
    [InlineData(FuseOpcode.Lookup, "00")]
    [InlineData(FuseOpcode.Lookup, "612f6200")]
    [InlineData(FuseOpcode.Mkdir, "0000000000000000")]
    [InlineData(FuseOpcode.Mkdir, "00000000")]
    [InlineData(FuseOpcode.Read, "0102030405060708")]
    [InlineData(FuseOpcode.Write, "00000000000000000000000000000000ffffffff0000000000000000000000000000000000000000")]
    [InlineData(FuseOpcode.Poll, "0102")]
    public void Arguments_that_are_not_all_there_are_EINVAL(object opcode, string body) =>
        Assert.Equal(Errno.EINVAL, new TestTree().Calls.Call((FuseOpcode)opcode, 1, Convert.FromHexString(body)).Error);

    [Fact]
    public void Long_names_are_ENAMETOOLONG() => Assert.Equal(Errno.ENAMETOOLONG, new TestTree().Calls.Lookup(1, new string('a', 256)).Error);

    [Fact]
    public void A_head_that_lies_about_the_length_is_not_answered()
    {
        TestTree tree = new();
        FuseSession session = new(tree.Channel, tree.Files, tree.Faults.Add);
        byte[] request = FuseCalls.Request(FuseOpcode.Lookup, 1, 5, FuseCalls.Name("version"));
        session.Take(request.AsSpan(0, request.Length - 1));
        session.Take(request.AsSpan(0, 20));
        session.Take([]);
        Assert.Null(tree.Channel.TryReceive());
    }

    [Fact]
    public void Forgets_are_not_answered_and_change_nothing()
    {
        TestTree tree = new();
        tree.Define("db");
        ulong node = tree.Calls.Node("db/state");
        for (ulong count = 1; count < 2000; count++)
        {
            _ = tree.Calls.Send(FuseOpcode.Forget, node, FuseCalls.Bytes(count));
            _ = tree.Calls.Send(FuseOpcode.BatchForget, 0, FuseCalls.Bytes(new fuse_batch_forget_in { count = 1_000_000 }));
        }

        Assert.Null(tree.Channel.TryReceive());
        Assert.Equal("defined\n", tree.Calls.ReadFile("db/state"));
    }

    [Fact]
    public void Interrupt_frees_the_caller_at_once_and_the_command_goes_on()
    {
        TestTree tree = new();
        tree.Define("db");
        tree.Partitions.StartGate.Reset();
        ulong handle = tree.Calls.Open("db/online", flags: 1);
        ulong write = tree.Calls.Send(FuseOpcode.Write, 0, [.. FuseCalls.Bytes(new fuse_write_in { fh = handle, size = 1 }), (byte)'1']);
        Assert.Equal("defined\n", tree.Calls.ReadFile("db/state"));
        _ = tree.Calls.Send(FuseOpcode.Interrupt, 0, FuseCalls.Bytes(new fuse_interrupt_in { unique = write }));
        Assert.Equal((write, -(int)Errno.EINTR, 0), Answer(tree));
        tree.Partitions.StartGate.Set();
        Assert.True(SpinWait.SpinUntil(() => tree.Partitions.TryGetState(PartitionName.Parse("db"), out PartitionState state) && state == PartitionState.Running, 5000));
        Assert.Equal("running\n", tree.Calls.ReadFile("db/state"));
        Assert.Null(tree.Channel.TryReceive());
    }

    [Fact]
    public void Interrupt_of_what_is_answered_is_ignored()
    {
        TestTree tree = new();
        _ = tree.Calls.Send(FuseOpcode.Interrupt, 0, FuseCalls.Bytes(new fuse_interrupt_in { unique = 1 }));
        Assert.Equal("0.1.0\n", tree.Calls.ReadFile("version"));
    }

    [Fact]
    public void Faults_become_EIO_and_are_reported()
    {
        List<Exception> faults = [];
        FakeChannel channel = new();
        FuseCalls calls = new(new FuseSession(channel, new Broken(), faults.Add), channel);
        Assert.Equal(Errno.EIO, calls.Lookup(1, "a").Error);
        Assert.Equal(Errno.EIO, calls.Call(FuseOpcode.Getattr, 1, new byte[16]).Error);
        Assert.Equal(2, faults.Count);
    }

    [Fact]
    public void Run_ends_with_the_mount()
    {
        (FuseSession session, _, FakeChannel channel) = Begin();
        channel.Send(FuseCalls.Request(FuseOpcode.Init, 0, 1, FuseCalls.Bytes(new fuse_init_in { major = 7, minor = 38 })));
        channel.Send(FuseCalls.Request(FuseOpcode.Destroy, 0, 2, []));
        channel.End();
        session.Run();
        Assert.Equal([1UL, 2UL], [FuseCalls.Split(channel.Receive()).Unique, FuseCalls.Split(channel.Receive()).Unique]);
    }

    private static (ulong Unique, int Code, int Length) Answer(TestTree tree)
    {
        (ulong unique, int code, byte[] body) = FuseCalls.Split(tree.Channel.Receive());
        return (unique, code, body.Length);
    }

    private static (FuseSession Session, FuseCalls Calls, FakeChannel Channel) Begin()
    {
        FakeChannel channel = new();
        FuseSession session = new(channel, new Broken(), _ => { });
        return (session, new FuseCalls(session, channel, minor: 0), channel);
    }

    private sealed class Broken : IFuseFileSystem
    {
        public bool IsSlow(in FuseRequest request) => request.Opcode == FuseOpcode.Getattr;

        public Errno Answer(in FuseRequest request, FuseAnswer answer)
        {
            answer.Add(Encoding.UTF8.GetBytes("half an answer"));
            throw new InvalidOperationException("broken");
        }
    }
}
