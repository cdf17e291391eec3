using Microsoft.Win32.SafeHandles;
using Parker.Boot.Files;
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
    public static KernelFile? TryOpen(string path, DiagnosticBag diagnostics) => TryOpen(path, diagnostics, KernelImage.TryRead);

    /// <summary>Opens an image for people to look at; see <see cref="KernelImage.Examine"/>.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="diagnostics">Takes all problems; an error among them says that it must not be started.</param>
    /// <returns>The open image; null where nothing of it can be read.</returns>
    public static KernelFile? Examine(string path, DiagnosticBag diagnostics) => TryOpen(path, diagnostics, KernelImage.Examine);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static KernelFile? TryOpen(string path, DiagnosticBag diagnostics, Func<SafeFileHandle, string, DiagnosticBag, KernelImage?> read)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(diagnostics);
        SafeFileHandle? handle = InputFile.TryOpen(path, "IMG001", diagnostics);
        if (handle is null)
        {
            return null;
        }

        KernelImage? image = read(handle, path, diagnostics);
        if (image is not null)
        {
            return new KernelFile(handle, image);
        }

        handle.Dispose();
        return null;
    }
}
