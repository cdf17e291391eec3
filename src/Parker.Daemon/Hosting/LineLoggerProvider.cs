using Microsoft.Extensions.Logging;

namespace Parker.Daemon.Hosting;

/// <summary>Writes each message as a line with the priority in front that systemd reads (sd-daemon(3)): <c>&lt;6&gt;parker: ready</c>.</summary>
/// <param name="output">Takes the lines.</param>
internal sealed class LineLoggerProvider(TextWriter output) : ILoggerProvider
{
    private readonly Lock _lines = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Write(LogLevel level, string category, string message)
    {
        lock (_lines)
        {
            output.WriteLine($"<{Priorities.Of(level)}>{category}: {message.ReplaceLineEndings(" | ")}");
        }
    }

    private sealed class LineLogger(LineLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            provider.Write(logLevel, category, exception is null ? formatter(state, exception) : $"{formatter(state, exception)}\n{exception}");
    }
}
