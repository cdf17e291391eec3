using System.Globalization;
using System.Text;

namespace Parker.Api.Client;

/// <summary>The answer to one request of HTTP/1.1, as it is read from a stream.</summary>
/// <remarks>RFC 9112, as far as the daemon speaks it: a body of a stated length, in chunks, or up to the end of the stream.</remarks>
internal sealed class HttpReply
{
    private const int LongestLine = 1 << 16;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[16384];
    private readonly List<KeyValuePair<string, string>> _headers = [];
    private int _next;
    private int _filled;

    private HttpReply(Stream stream) => _stream = stream;

    /// <summary>The status code.</summary>
    public int Status { get; private set; }

    /// <summary>Reads status and headers.</summary>
    /// <exception cref="IOException">The stream ended, or what came is no HTTP.</exception>
    public static HttpReply Read(Stream stream)
    {
        HttpReply reply = new(stream);
        string status = reply.ReadLine();
        if (!status.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) || !int.TryParse(status.AsSpan(9, Math.Min(3, status.Length - 9)), NumberStyles.None, CultureInfo.InvariantCulture, out int code))
        {
            throw new IOException($"The answer is no HTTP/1.1: '{status}'.");
        }

        reply.Status = code;
        for (string line = reply.ReadLine(); line.Length > 0; line = reply.ReadLine())
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                reply._headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
            }
        }

        return reply;
    }

    /// <summary>The values of a header, in their order.</summary>
    public IEnumerable<string> Header(string name) => _headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    /// <summary>The parts of the body as they come, to its end.</summary>
    /// <exception cref="IOException">The stream ended before the body did.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> ReadParts()
    {
        if (Header("Transfer-Encoding").Any(coding => coding.Equals("chunked", StringComparison.OrdinalIgnoreCase)))
        {
            for (long size = ReadChunkSize(); size > 0; size = ReadChunkSize())
            {
                foreach (ReadOnlyMemory<byte> part in ReadParts(size))
                {
                    yield return part;
                }

                ReadLine();
            }

            yield break;
        }

        long length = long.TryParse(Header("Content-Length").FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out long stated) ? stated : 0;
        foreach (ReadOnlyMemory<byte> part in ReadParts(length))
        {
            yield return part;
        }
    }

    /// <summary>The whole body.</summary>
    /// <exception cref="IOException">The stream ended before the body did.</exception>
    public byte[] ReadBody()
    {
        using MemoryStream body = new();
        foreach (ReadOnlyMemory<byte> part in ReadParts())
        {
            body.Write(part.Span);
        }

        return body.ToArray();
    }

    private IEnumerable<ReadOnlyMemory<byte>> ReadParts(long length)
    {
        for (long left = length; left > 0;)
        {
            Fill();
            int count = (int)Math.Min(left, _filled - _next);
            ReadOnlyMemory<byte> part = _buffer.AsMemory(_next, count);
            _next += count;
            left -= count;
            yield return part;
        }
    }

    private long ReadChunkSize()
    {
        string line = ReadLine();
        return long.TryParse(line.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long size) && size >= 0
            ? size
            : throw new IOException($"The answer has a chunk whose size is '{line}'.");
    }

    private string ReadLine()
    {
        List<byte> line = [];
        while (true)
        {
            Fill();
            byte one = _buffer[_next++];
            if (one == (byte)'\n')
            {
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one);
            if (line.Count > LongestLine)
            {
                throw new IOException("The answer has a line without end.");
            }
        }
    }

    private void Fill()
    {
        if (_next == _filled)
        {
            _next = 0;
            _filled = _stream.Read(_buffer);
            if (_filled == 0)
            {
                throw new EndOfStreamException("The daemon ended before its answer did.");
            }
        }
    }
}
