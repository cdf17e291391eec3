using System.Runtime.InteropServices;

namespace Parker.Cli.Output;

/// <summary>Writes files that are whole or not there.</summary>
internal static class WholeFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Public = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes a file, and takes the place of one of that name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it is, for messages: <c>capture</c>.</param>
    /// <param name="ownerOnly">Whether nobody but its owner may read it.</param>
    /// <param name="write">Writes the content.</param>
    /// <returns>The length in bytes.</returns>
    /// <exception cref="CommandFailedException">It cannot be written; then nothing of it is left.</exception>
    public static long Write(string path, string what, bool ownerOnly, Action<Stream> write)
    {
        // Under another name first, one that nobody can have laid a link under.
        string partial = $"{path}.{Path.GetRandomFileName()}";
        using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => DeleteQuietly(partial));
        using PosixSignalRegistration ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => DeleteQuietly(partial));
        try
        {
            long length;
            using (FileStream stream = new(partial, new FileStreamOptions { Access = FileAccess.Write, Mode = FileMode.CreateNew, UnixCreateMode = ownerOnly ? Private : Public }))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
                length = stream.Length;
            }

            File.Move(partial, path, overwrite: true);
            return length;
        }
        catch (CommandFailedException)
        {
            DeleteQuietly(partial);
            throw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            DeleteQuietly(partial);
            string why = exception switch
            {
                DirectoryNotFoundException => "its directory does not exist.",
                _ when Directory.Exists(path) => "a directory has that name.",
                _ => exception.Message,
            };
            throw new CommandFailedException(
                exception is UnauthorizedAccessException ? ExitCode.NoAccess : ExitCode.Failed,
                $"Cannot write the {what} '{path}': {why} Choose a place that this user may write to and that has room.");
        }
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure before this one is what the user must hear of.
        }
    }
}
