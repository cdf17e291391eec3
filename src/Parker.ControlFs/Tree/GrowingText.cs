using System.Text;

namespace Parker.ControlFs.Tree;

/// <summary>A text of lines that grows at its end and is cut at its front, between lines.</summary>
/// <param name="limit">The most bytes of it; when there are more, a quarter goes.</param>
internal sealed class GrowingText(int limit)
{
    private readonly int _keptWhenCut = limit / 4 * 3;

    private readonly Lock _sync = new();
    private byte[] _text = [];
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
                return _start + _text.Length;
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
            byte[] text = [.. _text, .. Encoding.UTF8.GetBytes(lines)];
            int cut = text.Length <= limit ? 0 : text.AsSpan(text.Length - _keptWhenCut).IndexOf((byte)'\n') + text.Length - _keptWhenCut + 1;
            _text = text[cut..];
            _start += cut;
        }
    }

    /// <summary>Takes other lines in place of those that are there, where they are others: who has read to the end goes on with them.</summary>
    public void Replace(string lines)
    {
        lock (_sync)
        {
            if (!_text.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(lines)))
            {
                _start += _text.Length;
                _text = [];
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
            return skip >= _text.Length ? default : _text.AsMemory((int)skip);
        }
    }
}
