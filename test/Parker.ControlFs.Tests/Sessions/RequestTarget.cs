using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Parker.ControlFs.Protocol;
using Parker.ControlFs.Protocol.Structures;
using Parker.ControlFs.Sessions;
using Parker.ControlFs.Tree;
using Parker.Partition.Tests.Plans;

namespace Parker.ControlFs.Tests.Sessions;

/// <summary>What must hold for any bytes that come as a request.</summary>
internal static class RequestTarget
{
    /// <summary>Several requests, each behind its length in two bytes: each is answered at most once, in the form of an answer, and none finds a fault.</summary>
    public static void Take(ReadOnlySpan<byte> input)
    {
        FakePartitions partitions = new();
        partitions.Add(ExamplePlans.Small);
        List<Exception> faults = [];
        FakeChannel channel = new();
        Inline files = new(new ControlFileSystem(partitions, new ControlFsOptions()));
        FuseSession session = new(channel, files, faults.Add);
        while (input.Length >= sizeof(ushort))
        {
            int length = Math.Min(MemoryMarshal.Read<ushort>(input), input.Length - sizeof(ushort));
            session.Take(input.Slice(sizeof(ushort), length));
            input = input[(sizeof(ushort) + length)..];
            int answers = 0;
            while (channel.TryReceive() is byte[] answer)
            {
                fuse_out_header head = MemoryMarshal.Read<fuse_out_header>(answer);
                Require(head.len == answer.Length && head.error is <= 0 and > -4096, "An answer has the form of one.");
                Require(++answers == 1, "A request is answered once.");
            }
        }

        if (faults.Count > 0)
        {
            ExceptionDispatchInfo.Throw(faults[0]);
        }
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException("This does not hold: " + what);
        }
    }

    /// <summary>Nothing is slow, so that a run is the same each time.</summary>
    private sealed class Inline(ControlFileSystem files) : IFuseFileSystem
    {
        public bool IsSlow(in FuseRequest request) => false;

        public Errno Answer(in FuseRequest request, FuseAnswer answer) => files.Answer(request, answer);
    }
}
