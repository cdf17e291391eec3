using Parker.Partition;

namespace Parker.Runtime;

/// <summary>A memory image with the files that its segments read from.</summary>
/// <param name="image">The image.</param>
/// <param name="identity">What it was made of.</param>
/// <param name="files">Closed with it.</param>
public sealed class OpenImage(MemoryImage image, ImageIdentity identity, params IReadOnlyList<IDisposable> files) : IDisposable
{
    /// <summary>The image; its segments can be read until this is disposed of.</summary>
    public MemoryImage Image => image;

    /// <summary>What it was made of.</summary>
    public ImageIdentity Identity => identity;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable file in files)
        {
            file.Dispose();
        }
    }
}
