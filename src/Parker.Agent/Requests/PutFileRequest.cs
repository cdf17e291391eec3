using Parker.Agent.Protocol;
using Parker.Agent.Protocol.Messages;

namespace Parker.Agent.Requests;

/// <summary>A file that comes: it is written beside its place and moved there when it is whole.</summary>
internal sealed class PutFileRequest : IRequest, IDisposable
{
    private readonly PutRequest _asked;
    private readonly uint _number;
    private readonly FrameSink _sink;
    private readonly Action<uint> _ended;
    private readonly string _partial;
    private readonly FileStream _file;

    private PutFileRequest(PutRequest asked, uint number, FrameSink sink, Action<uint> ended)
    {
        _asked = asked;
        _number = number;
        _sink = sink;
        _ended = ended;
        _partial = asked.Path + ".parker-partial";
        _file = new FileStream(_partial, FileMode.Create, FileAccess.Write);
    }

    /// <summary>Begins it.</summary>
    /// <exception cref="IOException">The file can not be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made there.</exception>
    public static PutFileRequest Start(PutRequest asked, uint number, FrameSink sink, Action<uint> ended)
    {
        if (Path.GetDirectoryName(asked.Path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        return new PutFileRequest(asked, number, sink, ended);
    }

    public void Take(Frame frame)
    {
        try
        {
            if (frame.Kind == FrameKind.Input)
            {
                if ((ulong)_file.Length + (ulong)frame.Payload.Length > _asked.Length)
                {
                    Fail($"More than the {_asked.Length} bytes announced came for {_asked.Path}.");
                    return;
                }

                _file.Write(frame.Payload.Span);
                _file.Flush();
            }
            else if (frame.Kind == FrameKind.InputEnd)
            {
                Finish();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e.Message);
        }
    }

    public void Kill() => Fail($"The copy to {_asked.Path} was ended.");

    public void Dispose() => _file.Dispose();

    private void Finish()
    {
        if ((ulong)_file.Length != _asked.Length)
        {
            Fail($"{_file.Length} bytes of {_asked.Length} came for {_asked.Path}.");
            return;
        }

        Dispose();
        File.SetUnixFileMode(_partial, (UnixFileMode)_asked.Mode);
        File.Move(_partial, _asked.Path, overwrite: true);
        _ended(_number);
        _sink.Send(new Frame(FrameKind.Done, _number, default));
    }

    private void Fail(string reason)
    {
        Dispose();
        try
        {
            File.Delete(_partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason += $" {_partial} stays: {e.Message}";
        }

        _ended(_number);
        _sink.Send(new Failure(reason).ToFrame(_number));
    }
}
