using Parker.Boot.Building;
using Parker.Boot.Tests.Kernels;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Partition.Tests.Plans;

namespace Parker.Boot.Tests.Building;

public sealed class ImageFilesTests : IDisposable
{
    private readonly string _kernel = Path.GetTempFileName();
    private readonly string _initrd = Path.GetTempFileName();
    private readonly DiagnosticBag _diagnostics = [];
    private readonly byte[] _archive;

    public ImageFilesTests()
    {
        File.WriteAllBytes(_kernel, new ImageBuilder().Build());

        // Longer than a chunk: zeros may follow an archive.
        _archive = new byte[(3 << 20) + 512];
        "070701"u8.CopyTo(_archive);
        _archive.AsSpan(6, 104).Fill((byte)'0');
        _archive[101] = (byte)'b';
        "TRAILER!!!"u8.CopyTo(_archive.AsSpan(110));
        File.WriteAllBytes(_initrd, _archive);
    }

    public void Dispose()
    {
        File.Delete(_kernel);
        File.Delete(_initrd);
    }

    [Fact]
    public void Image_that_is_held_is_the_one_that_the_files_give()
    {
        using ImageFiles held = Open(hold: true);
        using ImageFiles read = Open(hold: false);
        Assert.Equal(read.Inputs.Hashes, held.Inputs.Hashes);
        Assert.Equal(read.Image.Memory.Segments.Select(segment => segment.Range), held.Image.Memory.Segments.Select(segment => segment.Range));
        Assert.All(read.Image.Memory.Segments.Zip(held.Image.Memory.Segments), pair => Assert.True(Bytes(pair.First).AsSpan().SequenceEqual(Bytes(pair.Second)), pair.First.Purpose));
        Assert.True(Bytes(held.Image.Memory.Segments[^1]).AsSpan().SequenceEqual(_archive));
    }

    [Fact]
    public void What_was_checked_is_loaded_although_the_files_change()
    {
        using ImageFiles held = Open(hold: true);
        File.WriteAllBytes(_initrd, [1]);
        File.WriteAllBytes(_kernel, [1]);
        Assert.True(Bytes(held.Image.Memory.Segments[^1]).AsSpan().SequenceEqual(_archive));
        Assert.NotEmpty(Bytes(held.Image.Memory.Segments[0]));
    }

    [Fact]
    public void Held_bytes_are_read_from_anywhere_within_and_not_beyond()
    {
        using HeldContent held = HeldContent.Of(new ByteContent(_archive));
        byte[] some = new byte[100];
        held.CopyTo(new ByteSize(50), some);
        Assert.True(some.AsSpan().SequenceEqual(_archive.AsSpan(50, 100)));
        held.CopyTo(new ByteSize((ulong)_archive.Length - 100), some);
        Assert.Throws<ArgumentOutOfRangeException>(() => held.CopyTo(new ByteSize((ulong)_archive.Length - 99), some));
    }

    private static byte[] Bytes(MemorySegment segment)
    {
        byte[] bytes = new byte[segment.Content.Length.Bytes];
        segment.Content.CopyTo(ByteSize.Zero, bytes);
        return bytes;
    }

    private ImageFiles Open(bool hold)
    {
        PartitionPlan plan = ExamplePlans.Small with { KernelPath = _kernel, InitrdPaths = [_initrd] };
        ImageFiles? files = ImageFiles.TryOpen(plan, Guid.Empty, 0, new DateOnly(2026, 1, 2), hold, _diagnostics);
        Assert.True(files is not null, string.Join("; ", _diagnostics));
        return files;
    }
}
