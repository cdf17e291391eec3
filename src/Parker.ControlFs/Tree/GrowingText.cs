using System.Text;

namespace Parker.ControlFs.Tree;

/// <summary>A text of lines that grows at its end and is cut at its front, between lines.</summary>
/// <param name="limit">The most bytes of it; when there are more, a quarter goes.</param>
internal sealed class GrowingText(int limit)
{
    private readonly int _keptWhenCut = limit / 4 * 3;

    private readonly Lock _sync = new();

    // Bytes that are there are never written again: readers have them in hand.
    private byte[] _buffer = [];
    private int _length;
    private long _start;

    /// <summary>How many bytes were cut off in front of what is there.</summary>
    public long Start
    {
        get
        {
            lock (_sync)
            {
                return _start;
            }
        }
    }

    /// <summary>How many bytes there have ever been.</summary>
    public long End
    {
        get
        {
            lock (_sync)
            {
                return _start + _length;
            }
        }
    }

    /// <summary>Appends lines, each with a newline at its end.</summary>
    public void Add(string lines)
    {
        if (lines.Length == 0)
        {
            return;
        }

        lock (_sync)
        {
            byte[] added = Encoding.UTF8.GetBytes(lines);
            if (_length + added.Length > _buffer.Length)
            {
                MoveWith(added);
                return;
            }

            added.CopyTo(_buffer, _length);
            _length += added.Length;
        }
    }

    /// <summary>Takes other lines in place of those that are there, where they are others: who has read to the end goes on with them.</summary>
    public void Replace(string lines)
    {
        lock (_sync)
        {
            if (!_buffer.AsSpan(0, _length).SequenceEqual(Encoding.UTF8.GetBytes(lines)))
            {
                _start += _length;
                (_buffer, _length) = ([], 0);
                Add(lines);
            }
        }
    }

    /// <summary>What is there from a position on, counted from the first byte that ever was; what was cut off is left out.</summary>
    public ReadOnlyMemory<byte> From(long position)
    {
        lock (_sync)
        {
            long skip = Math.Max(position - _start, 0);
            return skip >= _length ? default : _buffer.AsMemory((int)skip, _length - (int)skip);
        }
    }

    private void MoveWith(byte[] added)
    {
        byte[] all = [.. _buffer.AsSpan(0, _length), .. added];
        int cut = all.Length <= limit ? 0 : all.AsSpan(all.Length - _keptWhenCut).IndexOf((byte)'\n') + all.Length - _keptWhenCut + 1;
        _length = all.Length - cut;
        _buffer = new byte[Math.Min(2 * _length, limit)];
        all.AsSpan(cut).CopyTo(_buffer);
        _start += cut;
    }
}
