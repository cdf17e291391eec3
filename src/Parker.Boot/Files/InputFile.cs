using Microsoft.Win32.SafeHandles;
using Parker.Machine.Diagnostics;

namespace Parker.Boot.Files;

/// <summary>Opens the files that a user names.</summary>
internal static class InputFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="id">The diagnostic's id.</param>
    /// <param name="diagnostics">Takes why it cannot be opened.</param>
    /// <returns>The open file; null where there was an error.</returns>
    public static SafeFileHandle? TryOpen(string path, string id, DiagnosticBag diagnostics)
    {
        try
        {
            return File.OpenHandle(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            Report(path, id, Directory.Exists(path) ? "it is a directory." : exception.Message, diagnostics);
            return null;
        }
    }

    /// <summary>Says that a file cannot be read.</summary>
    public static void Report(string path, string id, string why, DiagnosticBag diagnostics) =>
        diagnostics.Error(id, path, $"The file cannot be read: {why}", "Give the path of a readable, regular file.");
}
