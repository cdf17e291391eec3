using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Boot.Initrds;

/// <summary>Several initrd files one behind the other, as the kernel unpacks them: later files add to what earlier ones brought, and replace it.</summary>
/// <remarks>
/// init/initramfs.c, <c>unpack_to_rootfs</c>: each archive, compressed or not, may be followed by zeros, and an uncompressed one begins at a multiple of 4. Between two files
/// lie zeros up to the next multiple of 4, and 4 more: the kernel takes what follows the last block of an LZ4 archive for the length of another block, and only 0 ends it
/// (lib/decompress_unlz4.c). The files are read when they are copied.
/// </remarks>
public sealed class InitrdConcatenation : SegmentContent
{
    private const ulong Alignment = 4;
    private const ulong EndOfBlocks = 4;
    private readonly ulong[] _starts;

    private InitrdConcatenation(IReadOnlyList<FileContent> files)
    {
        Files = files;
        _starts = new ulong[files.Count];
        ulong at = 0;
        for (int index = 0; index < files.Count; index++)
        {
            at = index == 0 ? 0 : new ByteSize(at).AlignUp(new ByteSize(Alignment)).Bytes + EndOfBlocks;
            _starts[index] = at;
            at += files[index].Length.Bytes;
        }

        Length = new ByteSize(at);
    }

    /// <summary>The files in their order.</summary>
    public IReadOnlyList<FileContent> Files { get; }

    /// <inheritdoc/>
    public override ByteSize Length { get; }

    /// <summary>Checks files and puts them together.</summary>
    /// <param name="files">In their order; at least one.</param>
    /// <param name="diagnostics">Takes all problems: <c>IMG040</c> and up.</param>
    /// <returns>Their concatenation; null where there was an error.</returns>
    public static InitrdConcatenation? TryCreate(IReadOnlyList<FileContent> files, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(diagnostics);
        ArgumentOutOfRangeException.ThrowIfZero(files.Count, nameof(files));
        bool sound = true;
        for (int index = 0; index < files.Count; index++)
        {
            sound &= InitrdChecker.Check(files[index], isLast: index == files.Count - 1, files[index].Path, diagnostics);
        }

        return sound ? new InitrdConcatenation(files) : null;
    }

    /// <inheritdoc/>
    public override void CopyTo(ByteSize offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + new ByteSize((ulong)destination.Length), Length, nameof(destination));
        ulong at = offset.Bytes;
        int found = Array.BinarySearch(_starts, at);
        int index = found < 0 ? ~found - 1 : found;
        while (!destination.IsEmpty)
        {
            ulong within = at - _starts[index];
            ulong length = Files[index].Length.Bytes;
            ulong left = within < length ? length - within : _starts[index + 1] - at;
            Span<byte> part = left < (ulong)destination.Length ? destination[..(int)left] : destination;
            if (within < length)
            {
                Files[index].CopyTo(new ByteSize(within), part);
            }
            else
            {
                part.Clear();
            }

            at += (ulong)part.Length;
            destination = destination[part.Length..];
            if (index + 1 < _starts.Length && at == _starts[index + 1])
            {
                index++;
            }
        }
    }
}
