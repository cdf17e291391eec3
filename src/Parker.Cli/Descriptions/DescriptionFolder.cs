using Parker.Cli.Output;

namespace Parker.Cli.Descriptions;

/// <summary>The folder that a description goes to.</summary>
/// <param name="path">It need not be there yet.</param>
internal sealed class DescriptionFolder(string path)
{
    /// <summary>Refuses a folder in which something would be overwritten.</summary>
    /// <param name="force">Whether it may hold something.</param>
    /// <exception cref="CommandFailedException">It is no folder, may not be read, or is not empty.</exception>
    public void Check(bool force)
    {
        if (File.Exists(path))
        {
            throw new CommandFailedException(ExitCode.Refused, $"Cannot write into '{path}': it is a file. Name a directory.");
        }

        if (!force && Directory.Exists(path) && Try(() => Directory.EnumerateFileSystemEntries(path).Any()))
        {
            throw new CommandFailedException(ExitCode.Refused, $"Cannot write into '{path}': it is not empty. Choose another directory, or replace an earlier description with --force.");
        }
    }

    /// <summary>Writes the files, and takes away the tables of an earlier description, which may have had more.</summary>
    /// <exception cref="CommandFailedException">One cannot be written.</exception>
    public void Write(IReadOnlyList<DescriptionFile> files)
    {
        Try(() => Directory.CreateDirectory(path));
        foreach (string earlier in Try(() => Directory.GetFiles(path, "????" + DescriptionFiles.TableEnding)))
        {
            Try(() =>
            {
                File.Delete(earlier);
                return true;
            });
        }

        foreach (DescriptionFile file in files)
        {
            WholeFile.Write(Path.Combine(path, file.Name), "description", ownerOnly: false, stream => stream.Write(file.Bytes.Span));
        }
    }

    private T Try<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(
                exception is UnauthorizedAccessException ? ExitCode.NoAccess : ExitCode.Failed,
                $"Cannot write into '{path}': {exception.Message} Choose a directory that this user may write to.");
        }
    }
}
