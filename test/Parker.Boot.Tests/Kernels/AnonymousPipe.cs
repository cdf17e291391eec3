using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;

namespace Parker.Boot.Tests.Kernels;

/// <summary>Something open that has no length.</summary>
internal sealed class AnonymousPipe : IDisposable
{
    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.In);

    public AnonymousPipe() => Handle = new SafeFileHandle(_pipe.SafePipeHandle.DangerousGetHandle(), ownsHandle: false);

    public SafeFileHandle Handle { get; }

    public void Dispose()
    {
        Handle.Dispose();
        _pipe.Dispose();
    }
}
