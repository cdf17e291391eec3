using Parker.Agent.Protocol;
using Parker.Agent.Protocol.Messages;

namespace Parker.Agent.Requests;

/// <summary>A file that goes out: a thread of its own reads it to its end, also where that is not known before, as in /proc.</summary>
internal sealed class GetFileRequest : IRequest
{
    private volatile bool _killed;

    private GetFileRequest()
    {
    }

    /// <summary>Opens the file, and starts a thread that calls <paramref name="ended"/> before it reports the end.</summary>
    /// <exception cref="IOException">The file can not be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static GetFileRequest Start(GetRequest asked, uint number, FrameSink sink, Action<uint> ended)
    {
        FileStream file = new(asked.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        GetFileRequest request = new();
        new Thread(() => request.Send(file, number, sink, ended)) { IsBackground = true, Name = "file" }.Start();
        return request;
    }

    public void Take(Frame frame)
    {
        // Nothing of the peer's belongs to it.
    }

    public void Kill() => _killed = true;

    private void Send(FileStream file, uint number, FrameSink sink, Action<uint> ended)
    {
        Frame last;
        try
        {
            using (file)
            {
                sink.Send(new FileInformation((ushort)((int)File.GetUnixFileMode(file.SafeFileHandle) & 0xfff)).ToFrame(number));
                byte[] buffer = new byte[Frame.MaxPayload];
                int length;
                while (!_killed && !sink.IsClosed && (length = file.Read(buffer)) > 0)
                {
                    sink.Send(new Frame(FrameKind.FileData, number, buffer.AsMemory(0, length)));
                }
            }

            last = _killed ? new Failure("The copy was ended.").ToFrame(number) : new Frame(FrameKind.Done, number, default);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            last = new Failure(e.Message).ToFrame(number);
        }

        ended(number);
        sink.Send(last);
    }
}
