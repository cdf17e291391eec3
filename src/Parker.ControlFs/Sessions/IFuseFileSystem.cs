using Parker.ControlFs.Protocol;

namespace Parker.ControlFs.Sessions;

/// <summary>What answers the requests of a session.</summary>
internal interface IFuseFileSystem
{
    /// <summary>Whether a request may take longer than a few microseconds, so that others must not wait for it.</summary>
    bool IsSlow(in FuseRequest request);

    /// <summary>Answers a request. Called by several threads at once where requests are slow.</summary>
    /// <param name="request">The request; its arguments are all there.</param>
    /// <param name="answer">Takes what was asked for.</param>
    /// <returns>Why it is not given.</returns>
    Errno Answer(in FuseRequest request, FuseAnswer answer);
}
