using System.Globalization;
using System.Text;
using Parker.Boot.Files;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Boot.Initrds;

/// <summary>Follows an initrd as the kernel does, as far as that is possible without unpacking, and tells what it would stumble over.</summary>
/// <remarks>
/// init/initramfs.c. An uncompressed archive is followed from entry to entry, LZ4 and Zstandard from block to block; of XZ only the end is looked at, and gzip, bzip2, LZMA and
/// LZO tell nothing about their end: what comes after one of these is not looked at.
/// </remarks>
internal sealed class InitrdChecker
{
    private const string CopyAgain = "Copy it again, or make it again (update-initramfs, dracut, mkinitcpio).";
    private const int CpioHeaderLength = 110;
    private const uint Lz4LegacyMark = 0x184c2102;

    // The compressed size that lz4 never exceeds for its 8 MiB blocks (LZ4_COMPRESSBOUND).
    private const uint LargestLz4Block = (8 << 20) + ((8 << 20) / 255) + 16;

    private readonly ContentReader _reader;
    private readonly string _place;
    private readonly DiagnosticBag _diagnostics;
    private readonly bool _isLast;
    private bool _sound = true;

    private InitrdChecker(ContentReader reader, bool isLast, string place, DiagnosticBag diagnostics)
    {
        _isLast = isLast;
        _reader = reader;
        _place = place;
        _diagnostics = diagnostics;
    }

    /// <summary>Checks one file.</summary>
    /// <param name="content">The file.</param>
    /// <param name="isLast">Whether no other file follows.</param>
    /// <param name="place">For messages.</param>
    /// <param name="diagnostics">Takes all problems.</param>
    /// <returns>Whether there was no error.</returns>
    public static bool Check(SegmentContent content, bool isLast, string place, DiagnosticBag diagnostics)
    {
        if (content.Length.Bytes == 0)
        {
            diagnostics.Error("IMG041", place, "The initrd is empty.", "Leave it out, or make it again (update-initramfs, dracut, mkinitcpio).");
            return false;
        }

        try
        {
            InitrdChecker checker = new(new ContentReader(content), isLast, place, diagnostics);
            checker.Follow();
            return checker._sound;
        }
        catch (IOException exception)
        {
            InputFile.Report(place, "IMG040", exception.Message, diagnostics);
            return false;
        }
    }

    private void Follow()
    {
        ulong at = _reader.SkipZeros(0);
        if (at == _reader.Length)
        {
            Error("IMG048", "The initrd has nothing but zeros.");
        }

        bool first = true;
        while (at < _reader.Length)
        {
            // Each step moves on, or ends here.
            if (Step(at, first) is not ulong next)
            {
                return;
            }

            at = _reader.SkipZeros(next);
            first = false;
        }
    }

    // The end of the archive at a place; null where it cannot be told, or there was an error.
    private ulong? Step(ulong at, bool first)
    {
        ReadOnlySpan<byte> mark = _reader.Read(at, 6);
        if (at % 4 == 0 && (mark.SequenceEqual("070701"u8) || mark.SequenceEqual("070702"u8)))
        {
            return FollowCpio(at);
        }

        if (mark.SequenceEqual("070707"u8) || mark is [0xc7, 0x71, ..] or [0x71, 0xc7, ..])
        {
            Error("IMG045", $"At {at} begins a cpio archive of an old form, which the kernel does not unpack.", "Write it with 'cpio -o -H newc'.");
            return null;
        }

        switch (mark)
        {
            case [0x28, 0xb5, 0x2f, 0xfd, ..]:
                return FollowZstd(at);
            case [0x02, 0x21, 0x4c, 0x18, ..]:
                return FollowLz4(at);
            case [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0x00]:
                CheckXzEnd();
                return null;
            case [0x1f, 0x8b or 0x9e, ..] or [(byte)'B', (byte)'Z', (byte)'h', ..] or [0x5d, 0x00, 0x00, ..] or [0x89, (byte)'L', (byte)'Z', (byte)'O', ..]:
                return null;
        }

        if (first)
        {
            Warn("IMG043", $"It starts with '{Convert.ToHexStringLower(mark)}' at {at}, which the kernel unpacks in no way: it would go on without it, or take it for a disk image.");
        }
        else
        {
            Warn("IMG044", $"What follows an archive at {at} ('{Convert.ToHexStringLower(mark)}') is none that the kernel unpacks{(at % 4 != 0 && mark.StartsWith("0707"u8) ? ", because it does not start at a multiple of 4" : "")}.");
        }

        return null;
    }

    // After an entry comes another or the end mark; only after that may zeros follow (do_header: "no cpio magic").
    private ulong? FollowCpio(ulong start)
    {
        ulong at = start;
        while (at < _reader.Length)
        {
            ReadOnlySpan<byte> header = _reader.Read(at, CpioHeaderLength);
            if (!header.StartsWith("07070"u8))
            {
                Error("IMG046", $"The cpio archive at {start} has neither another entry nor its end mark (TRAILER!!!) at {at}: the kernel stops there.");
                return null;
            }

            if (header.Length < CpioHeaderLength)
            {
                return Truncated(at);
            }

            if (!TryHex(header[54..62], out uint size) || !TryHex(header[94..102], out uint nameSize) || nameSize == 0)
            {
                Error("IMG048", $"The cpio archive's entry at {at} is damaged: its lengths '{Printable(header[54..62])}' and '{Printable(header[94..102])}' are none.");
                return null;
            }

            ulong content = Align(at + CpioHeaderLength + nameSize);
            bool isEnd = nameSize == 11 && _reader.Read(at + CpioHeaderLength, 11).SequenceEqual("TRAILER!!!\0"u8);
            if (!isEnd && content + size > _reader.Length)
            {
                return Truncated(at);
            }

            at = Math.Min(Align(content + size), _reader.Length);
            if (isEnd)
            {
                return at;
            }
        }

        string message = $"The cpio archive at {start} has no end mark (TRAILER!!!): it may have been cut.";
        if (_isLast)
        {
            Warn("IMG046", message);
        }
        else
        {
            Error("IMG046", message + " The kernel stops there, and takes no later initrd.");
        }

        return null;
    }

    // RFC 8878: a frame header, blocks with a length each, the last one marked, and a checksum where the header says so.
    private ulong? FollowZstd(ulong start)
    {
        if (_reader.ReadNumber(start + 4, 1) is not uint descriptor)
        {
            return Truncated(start);
        }

        bool isSingleSegment = (descriptor & 0x20) != 0;
        ReadOnlySpan<uint> dictionaryLengths = [0, 1, 2, 4];
        uint contentSizeLength = (descriptor >> 6) switch
        {
            0 => isSingleSegment ? 1u : 0,
            1 => 2,
            2 => 4,
            _ => 8,
        };
        ulong at = start + 5 + (isSingleSegment ? 0u : 1) + dictionaryLengths[(int)(descriptor & 3)] + contentSizeLength;
        while (true)
        {
            if (_reader.ReadNumber(at, 3) is not uint block)
            {
                return Truncated(start);
            }

            uint type = (block >> 1) & 3;
            if (type == 3)
            {
                Error("IMG048", $"The Zstandard archive at {start} is damaged: the block at {at} is of no kind that there is.");
                return null;
            }

            at += 3 + (type == 1 ? 1 : block >> 3);
            if (at > _reader.Length)
            {
                return Truncated(start);
            }

            if ((block & 1) != 0)
            {
                at += (descriptor & 4) != 0 ? 4u : 0;
                return at > _reader.Length ? Truncated(start) : at;
            }
        }
    }

    // lib/decompress_unlz4.c: the mark, then blocks with a length each, up to a length of 0 or the end; another mark may stand where a length would.
    private ulong? FollowLz4(ulong start)
    {
        ulong at = start + 4;
        while (_reader.ReadNumber(at, 4) is uint length && length != 0)
        {
            if (length == Lz4LegacyMark)
            {
                at += 4;
                continue;
            }

            if (length > LargestLz4Block)
            {
                Error("IMG048", $"The LZ4 archive at {start} is damaged: the block at {at} would have {length} bytes. (The kernel cannot tell where an LZ4 archive ends before another unless 4 zeros follow it.)");
                return null;
            }

            at += 4 + (ulong)length;
            if (at > _reader.Length)
            {
                return Truncated(start);
            }
        }

        return Math.Min(at, _reader.Length);
    }

    // A stream ends in 'YZ', and zeros may follow. That another archive follows can only be guessed: from its trailer.
    private void CheckXzEnd()
    {
        const int TailLength = 1024;
        ulong start = _reader.Length > TailLength ? _reader.Length - TailLength : 0;
        ReadOnlySpan<byte> tail = _reader.Read(start, TailLength).TrimEnd((byte)0);
        if (!tail.EndsWith("YZ"u8) && tail.IndexOf("TRAILER!!!"u8) < 0)
        {
            Warn("IMG047", "It does not end as an XZ archive does: it may have been cut.", CopyAgain);
        }
    }

    private ulong? Truncated(ulong at)
    {
        Error("IMG042", $"It is truncated: what begins at {at} does not end within its {_reader.Length} bytes.");
        return null;
    }

    private void Error(string id, string message, string remedy = CopyAgain)
    {
        _sound = false;
        _diagnostics.Error(id, _place, message, remedy);
    }

    private void Warn(string id, string message, string remedy = "") => _diagnostics.Warning(id, _place, message, remedy);

    private static bool TryHex(ReadOnlySpan<byte> digits, out uint value) => uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    private static string Printable(ReadOnlySpan<byte> bytes) =>
        bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? Convert.ToHexStringLower(bytes) : Encoding.ASCII.GetString(bytes);

    private static ulong Align(ulong at) => (at + 3) & ~3UL;
}
