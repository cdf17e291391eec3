using System.Buffers.Binary;
using CsCheck;

namespace Parker.Agent.Protocol.Tests;

public sealed class FrameReaderTests
{
    private static readonly Gen<Frame> AnyFrame = Gen.Select(
        Gen.UShort, Gen.UInt, Gen.Byte.Array[0, 300], (kind, request, payload) => new Frame((FrameKind)kind, request, payload));

    [Fact]
    public void Frames_cut_anywhere_come_out_whole() =>
        Gen.Select(AnyFrame.Array[1, 8], Gen.Int[1, 64]).Sample((frames, piece) =>
        {
            byte[] stream = [.. frames.SelectMany(frame => frame.ToBytes())];
            FrameReader reader = new();
            AssertSame(frames, Feed(reader, stream, piece));
            Assert.Equal(0, reader.SkippedBytes);
        });

    [Fact]
    public void Frames_after_the_rest_of_another_are_found() =>
        Gen.Select(AnyFrame, Gen.Int[1, 19], AnyFrame.Array[1, 4]).Sample((broken, cut, frames) =>
        {
            // At most the header's first bytes are missing, so that what is left can not be a frame itself.
            byte[] stream = [.. broken.ToBytes().Skip(cut), .. frames.SelectMany(frame => frame.ToBytes())];
            FrameReader reader = new();
            List<Frame> found = Feed(reader, stream, 50);
            found.AddRange(Feed(reader, new byte[Frame.MaxPayload + Frame.HeaderLength], 4096));
            AssertSame(frames, found);
        });

    [Fact]
    public void Frame_with_one_changed_byte_is_never_given() =>
        Gen.Select(AnyFrame, Gen.Int[0, 400], Gen.Byte[1, 255]).Sample((frame, at, change) =>
        {
            byte[] bytes = frame.ToBytes();
            bytes[at % bytes.Length] ^= change;
            List<Frame> found = Feed(new FrameReader(), bytes, 30);
            Assert.Empty(found);
        });

    [Fact]
    public void Noise_never_throws_and_leaves_room_for_a_frame() =>
        Gen.Byte.Array[0, 2000].Sample(noise =>
        {
            FrameReader reader = new();
            Feed(reader, noise, 100);
            reader.Reset();
            Frame frame = new(FrameKind.Ping, 7, new byte[] { 1 });
            AssertSame([frame], Feed(reader, frame.ToBytes(), 5));
            Assert.True(reader.SkippedBytes <= noise.Length);
        });

    [Theory]
    [InlineData(Frame.MaxPayload + 1U)]
    [InlineData(0x7fffffffU)]
    [InlineData(0xffffffffU)]
    public void Length_beyond_the_bound_is_not_waited_for(uint length)
    {
        byte[] hostile = new Frame(FrameKind.Ping, 0, default).ToBytes();
        BinaryPrimitives.WriteUInt32LittleEndian(hostile.AsSpan(4), length);
        Frame next = new(FrameKind.Pong, 1, default);
        FrameReader reader = new();
        AssertSame([next], Feed(reader, [.. hostile, .. next.ToBytes()], 7));
        Assert.Equal(Frame.HeaderLength, reader.SkippedBytes);
    }

    [Fact]
    public void Longest_payload_passes_and_a_longer_one_is_refused()
    {
        Frame longest = new(FrameKind.Input, 1, new byte[Frame.MaxPayload]);
        AssertSame([longest, longest], Feed(new FrameReader(), [.. longest.ToBytes(), .. longest.ToBytes()], 200_000));
        Assert.Throws<ArgumentException>(() => new Frame(FrameKind.Input, 1, new byte[Frame.MaxPayload + 1]).ToBytes());
    }

    private static List<Frame> Feed(FrameReader reader, byte[] stream, int piece)
    {
        List<Frame> found = [];
        foreach (byte[] part in stream.Chunk(piece))
        {
            reader.Append(part);
            while (reader.TryRead(out Frame frame))
            {
                found.Add(frame);
            }
        }

        return found;
    }

    private static void AssertSame(IReadOnlyList<Frame> expected, IReadOnlyList<Frame> found) =>
        Assert.Equal(expected.Select(frame => Convert.ToHexString(frame.ToBytes())), found.Select(frame => Convert.ToHexString(frame.ToBytes())));
}
