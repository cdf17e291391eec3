using Microsoft.Win32.SafeHandles;
using Parker.Boot.Files;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Boot.Initrds;

/// <summary>Initrd files, opened, checked and put together.</summary>
public sealed class InitrdFiles : IDisposable
{
    private readonly List<SafeFileHandle> _handles;

    private InitrdFiles(List<SafeFileHandle> handles, InitrdConcatenation? content)
    {
        _handles = handles;
        Content = content;
    }

    /// <summary>All of them, readable until this is disposed of; null where there is none.</summary>
    public InitrdConcatenation? Content { get; }

    /// <summary>The length of all of them; 0 where there is none.</summary>
    public ByteSize Length => Content?.Length ?? ByteSize.Zero;

    /// <summary>Opens files.</summary>
    /// <param name="paths">In their order; may be empty.</param>
    /// <param name="embedded">The initrd within a unified kernel image, which comes first; null for none. Its file stays the caller's.</param>
    /// <param name="diagnostics">Takes all problems: <c>IMG040</c> and up.</param>
    /// <returns>The open files; null where there was an error.</returns>
    public static InitrdFiles? TryOpen(IReadOnlyList<string> paths, FileContent? embedded, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(diagnostics);
        List<SafeFileHandle> handles = new(paths.Count);
        List<FileContent> contents = embedded is null ? [] : [embedded];
        bool sound = true;
        foreach (string path in paths)
        {
            SafeFileHandle? handle = InputFile.TryOpen(path, "IMG040", diagnostics);
            if (handle is not null)
            {
                handles.Add(handle);
            }

            sound &= handle is not null && AddContent(contents, handle, path, diagnostics);
        }

        InitrdConcatenation? content = contents.Count == 0 ? null : InitrdConcatenation.TryCreate(contents, diagnostics);
        InitrdFiles files = new(handles, content);
        if (sound && (content is not null || contents.Count == 0))
        {
            return files;
        }

        files.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _handles.ForEach(handle => handle.Dispose());

    private static bool AddContent(List<FileContent> contents, SafeFileHandle handle, string path, DiagnosticBag diagnostics)
    {
        try
        {
            contents.Add(new FileContent(handle, path, ByteSize.Zero, new ByteSize((ulong)RandomAccess.GetLength(handle))));
            return true;
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException or UnauthorizedAccessException)
        {
            InputFile.Report(path, "IMG040", exception.Message, diagnostics);
            return false;
        }
    }
}
