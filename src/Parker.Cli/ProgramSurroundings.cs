using System.Text;
using Parker.Api.Client;

namespace Parker.Cli;

/// <summary>What the program touches besides files: its two output streams and the daemon. Tests put their own in place.</summary>
/// <remarks>Disposing writes out what is buffered.</remarks>
internal sealed class ProgramSurroundings : IDisposable
{
    /// <summary>Standard output. Buffered: progress belongs to <see cref="Error"/>.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether listings may be coloured: standard output is a terminal, and the user does not object (NO_COLOR, TERM=dumb).</summary>
    public required bool UseColour { get; init; }

    /// <summary>The daemon's socket.</summary>
    public required string SocketPath { get; init; }

    /// <summary>Whether the process has root's rights.</summary>
    public required bool IsPrivileged { get; init; }

    /// <summary>The process's own streams, UTF-8.</summary>
    public static ProgramSurroundings OfProcess()
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        return new ProgramSurroundings
        {
            Output = new StreamWriter(Console.OpenStandardOutput(), utf8, bufferSize: 1 << 16) { AutoFlush = false },
            Error = new StreamWriter(Console.OpenStandardError(), utf8, bufferSize: 256) { AutoFlush = true },
            UseColour = WantsColour(!Console.IsOutputRedirected, Environment.GetEnvironmentVariable),
            SocketPath = Environment.GetEnvironmentVariable("PARKER_SOCKET") is { Length: > 0 } socket ? socket : ParkerClient.DefaultSocketPath,
            IsPrivileged = Environment.IsPrivilegedProcess,
        };
    }

    /// <summary>Whether to colour: only on a terminal, never with NO_COLOR (any value but an empty one, https://no-color.org) or TERM=dumb.</summary>
    /// <param name="isTerminal">Whether standard output is a terminal.</param>
    /// <param name="environment">Gives an environment variable; null where it is not set.</param>
    public static bool WantsColour(bool isTerminal, Func<string, string?> environment) =>
        isTerminal && string.IsNullOrEmpty(environment("NO_COLOR")) && environment("TERM") is not (null or "" or "dumb");

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
    }
}
