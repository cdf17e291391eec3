using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;
using Parker.Partition;

namespace Parker.Linux.Machines;

/// <summary>Files of sysfs and procfs as commands and answers. Failures become <see cref="MachineException"/> with errno, operation and path.</summary>
internal static class KernelFile
{
    /// <summary>Reads a text without its white space at the end.</summary>
    public static string Read(string path, string operation)
    {
        using SafeFileHandle file = Open(path, FileCalls.O_RDONLY, operation);
        byte[] buffer = new byte[4096];
        int length = 0;
        while (true)
        {
            nint read = FileCalls.Read(file, buffer.AsSpan(length), (nuint)(buffer.Length - length));
            if (read < 0)
            {
                throw Failure(operation, path);
            }

            if (read == 0)
            {
                return Encoding.UTF8.GetString(buffer, 0, length).TrimEnd();
            }

            length += (int)read;
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    /// <summary>Writes a command in one write.</summary>
    public static void Write(string path, string value, string operation)
    {
        int errno = TryWrite(path, value);
        if (errno != 0)
        {
            throw new MachineException(operation, path, $"writing '{value.TrimEnd()}' failed: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
        }
    }

    /// <summary>Writes a command in one write.</summary>
    /// <returns>The errno; 0 when it was taken.</returns>
    public static int TryWrite(string path, string value)
    {
        using SafeFileHandle file = FileCalls.Open(path, FileWriteCalls.O_WRONLY | FileCalls.O_CLOEXEC);
        if (file.IsInvalid)
        {
            return Marshal.GetLastPInvokeError();
        }

        byte[] bytes = Encoding.UTF8.GetBytes(value);
        return FileWriteCalls.Write(file, bytes, (nuint)bytes.Length) < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    /// <summary>Opens a file of the kernel's.</summary>
    public static SafeFileHandle Open(string path, int flags, string operation)
    {
        SafeFileHandle file = FileCalls.Open(path, flags | FileCalls.O_CLOEXEC);
        if (!file.IsInvalid)
        {
            return file;
        }

        MachineException failure = Failure(operation, path);
        file.Dispose();
        throw failure;
    }

    /// <summary>The last component of a symbolic link's target; empty where there is no link.</summary>
    public static string LinkName(string path)
    {
        byte[] buffer = new byte[4096];
        nint length = FileCalls.ReadLink(path, buffer, (nuint)buffer.Length);
        return length <= 0 ? "" : Path.GetFileName(Encoding.UTF8.GetString(buffer, 0, (int)length));
    }

    /// <summary>The exception for the errno that the last call on this thread left.</summary>
    public static MachineException Failure(string operation, string path)
    {
        int errno = Marshal.GetLastPInvokeError();
        return new MachineException(operation, path, Marshal.GetPInvokeErrorMessage(errno), errno);
    }
}
