using Microsoft.Win32.SafeHandles;

namespace Parker.Boot.Tests;

/// <summary>A file with given bytes, open for reading, gone when disposed.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(ReadOnlySpan<byte> bytes)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "parker-boot-" + Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(Path, bytes);
        Handle = File.OpenHandle(Path);
    }

    public string Path { get; }

    public SafeFileHandle Handle { get; }

    public void Dispose()
    {
        Handle.Dispose();
        File.Delete(Path);
    }
}
