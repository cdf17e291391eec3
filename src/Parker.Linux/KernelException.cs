using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Parker.Linux;

/// <summary>The Boot Kernel refused or failed what it was asked for.</summary>
public sealed class KernelException : Exception
{
    private KernelException(int errno, string operation, string path)
        : base($"{operation}{(path.Length == 0 ? "" : " of " + path)} failed: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}).")
    {
        Errno = errno;
        Operation = operation;
        Path = path;
    }

    /// <summary>The kernel's error number, such as 13 for EACCES.</summary>
    public int Errno { get; }

    /// <summary>What was asked, by the name of the system call.</summary>
    public string Operation { get; }

    /// <summary>On which file; empty where there is none.</summary>
    public string Path { get; }

    /// <summary>Throws for the errno that the last call on this thread left.</summary>
    [DoesNotReturn]
    internal static void ThrowLast(string operation, string path = "") => throw new KernelException(Marshal.GetLastPInvokeError(), operation, path);
}
