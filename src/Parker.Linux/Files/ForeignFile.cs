using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;

namespace Parker.Linux.Files;

/// <summary>Files that another process has open.</summary>
public static class ForeignFile
{
    /// <summary>Opens what a process has open: the same open file, with that process's rights to it, whatever this process may do by itself.</summary>
    /// <param name="process">The process.</param>
    /// <param name="descriptor">Its number of the file.</param>
    /// <remarks>Needs the right to trace the process: root, or the same user. Linux 5.6.</remarks>
    /// <exception cref="KernelException">There is no such process or file, or the kernel refuses.</exception>
    public static SafeFileHandle Take(int process, int descriptor)
    {
        nint opened = ProcessFileCalls.OpenProcess(ProcessFileCalls.SYS_pidfd_open, process, 0);
        if (opened < 0)
        {
            KernelException.ThrowLast("pidfd_open");
        }

        using SafeFileHandle owner = new(opened, ownsHandle: true);
        nint taken = ProcessFileCalls.GetDescriptor(ProcessFileCalls.SYS_pidfd_getfd, owner, descriptor, 0);
        if (taken < 0)
        {
            KernelException.ThrowLast("pidfd_getfd");
        }

        return new SafeFileHandle(taken, ownsHandle: true);
    }
}
