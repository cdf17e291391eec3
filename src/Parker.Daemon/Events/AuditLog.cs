using Microsoft.Extensions.Logging;
using Parker.Api.Events;

namespace Parker.Daemon.Events;

/// <summary>A line in the daemon's messages for every event, with who asked for it.</summary>
/// <param name="logger">Takes the lines.</param>
public sealed partial class AuditLog(ILogger logger)
{
    /// <summary>Writes the line of an event.</summary>
    /// <param name="one">What happened.</param>
    /// <param name="requester">Who asked; null where nobody did.</param>
    public void Write(EventDocument one, Requester? requester)
    {
        ArgumentNullException.ThrowIfNull(one);
        if (requester is null)
        {
            LogSeen(logger, one.Partition, one.Kind, one.Text);
        }
        else
        {
            LogAsked(logger, one.Partition, one.Kind, one.Text, requester.Uid, requester.Process);
        }
    }

    [LoggerMessage(30, LogLevel.Information, "partition {Partition}: {Kind}: {Text}")]
    private static partial void LogSeen(ILogger logger, string partition, string kind, string text);

    [LoggerMessage(31, LogLevel.Information, "partition {Partition}: {Kind}: {Text}; asked by user {Uid}, process {Process}")]
    private static partial void LogAsked(ILogger logger, string partition, string kind, string text, uint uid, int process);
}
