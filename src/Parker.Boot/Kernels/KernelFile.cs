using Microsoft.Win32.SafeHandles;
using Parker.Machine.Diagnostics;

namespace Parker.Boot.Kernels;

/// <summary>A kernel image with its open file.</summary>
public sealed class KernelFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private KernelFile(SafeFileHandle handle, KernelImage image)
    {
        _handle = handle;
        Image = image;
    }

    /// <summary>The image; its contents can be read until this is disposed of.</summary>
    public KernelImage Image { get; }

    /// <summary>Opens and checks an image.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="diagnostics">Takes all problems: <c>IMG001</c> and up.</param>
    /// <returns>The open image; null where there was an error.</returns>
    public static KernelFile? TryOpen(string path, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(diagnostics);
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            diagnostics.Error("IMG001", path, $"The file cannot be read: {exception.Message}", "Give the path of a readable, regular file.");
            return null;
        }

        KernelImage? image = KernelImage.TryRead(handle, path, diagnostics);
        if (image is not null)
        {
            return new KernelFile(handle, image);
        }

        handle.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
