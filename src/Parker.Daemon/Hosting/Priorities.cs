using Microsoft.Extensions.Logging;

namespace Parker.Daemon.Hosting;

/// <summary>The priorities of syslog(3).</summary>
internal static class Priorities
{
    /// <summary>The priority of a level.</summary>
    public static int Of(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };
}
