using System.Text;

namespace Parker.ControlFs.Tree;

/// <summary>The latest events of a partition, a line each, as one text that grows at its end and is cut at its front, between lines.</summary>
internal sealed class EventText
{
    private const int Limit = 64 * 1024;
    private const int KeptWhenCut = 48 * 1024;

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

    /// <summary>Appends a line.</summary>
    public void Add(string line)
    {
        lock (_sync)
        {
            byte[] text = [.. _text, .. Encoding.UTF8.GetBytes(line + "\n")];
            int cut = text.Length <= Limit ? 0 : text.AsSpan(text.Length - KeptWhenCut).IndexOf((byte)'\n') + text.Length - KeptWhenCut + 1;
            _text = text[cut..];
            _start += cut;
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
