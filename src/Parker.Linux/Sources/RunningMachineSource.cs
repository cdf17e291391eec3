using System.IO.Enumeration;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;
using Parker.Machine.Topology;
using Parker.Machine.Topology.Sources;

namespace Parker.Linux.Sources;

/// <summary>The machine that this process runs on.</summary>
/// <remarks>
/// Files are read as they are, at most <see cref="MaxFileLength"/> bytes. Not safe for use by several threads at once. Without root it sees what the kernel lets this
/// user see: <see cref="SourceStatus.Denied"/> is the answer to the rest.
/// </remarks>
public sealed class RunningMachineSource : IMachineSource
{
    /// <summary>The largest file that is read; a larger one is <see cref="SourceStatus.Failed"/>.</summary>
    public const int MaxFileLength = 64 << 20;

    private const int FirstRead = 64 << 10;

    // kernfs gives text attributes whole, and binary ones in pieces of a page: less than a page is the end.
    private const int SysfsPiece = 4096;

    private readonly byte[] _buffer = new byte[FirstRead];

    /// <inheritdoc/>
    public SourceStatus TryRead(string path, out byte[] content)
    {
        ArgumentNullException.ThrowIfNull(path);
        content = [];

        // Without O_NONBLOCK, opening a pipe that lies where a file is expected would wait for a writer.
        using SafeFileHandle file = FileCalls.Open(path, FileCalls.O_RDONLY | FileCalls.O_CLOEXEC | FileCalls.O_NOCTTY | FileCalls.O_NONBLOCK);
        if (file.IsInvalid)
        {
            return StatusOf(Marshal.GetLastPInvokeError());
        }

        bool isSysfs = path.StartsWith("/sys/", StringComparison.Ordinal);
        byte[] buffer = _buffer;
        int length = 0;
        while (true)
        {
            nint read = FileCalls.Read(file, buffer.AsSpan(length), (nuint)(buffer.Length - length));
            if (read < 0)
            {
                int errno = Marshal.GetLastPInvokeError();
                if (errno == Errno.EINTR)
                {
                    continue;
                }

                return StatusOf(errno);
            }

            length += (int)read;
            if (read == 0 || (isSysfs && read < SysfsPiece))
            {
                content = buffer.AsSpan(0, length).ToArray();
                return SourceStatus.Ok;
            }

            if (length > MaxFileLength)
            {
                return SourceStatus.Failed;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 4);
            }
        }
    }

    /// <inheritdoc/>
    public SourceStatus TryList(string path, out IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(path);
        names = [];
        if (FileCalls.Access(FileCalls.AT_FDCWD, path, FileCalls.F_OK, 0) < 0)
        {
            return StatusOf(Marshal.GetLastPInvokeError());
        }

        try
        {
            List<string> found =
            [
                .. new FileSystemEnumerable<string>(
                    path,
                    static (ref FileSystemEntry entry) => entry.FileName.ToString(),
                    new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false }),
            ];
            found.Sort(StringComparer.Ordinal);
            names = found;
            return SourceStatus.Ok;
        }
        catch (UnauthorizedAccessException)
        {
            return SourceStatus.Denied;
        }
        catch (IOException)
        {
            // It is there, as faccessat said: a file perhaps.
            return SourceStatus.Failed;
        }
    }

    /// <inheritdoc/>
    public SourceStatus TryReadLink(string path, out string target)
    {
        ArgumentNullException.ThrowIfNull(path);
        target = "";
        Span<byte> buffer = stackalloc byte[4096];
        nint length = FileCalls.ReadLink(path, buffer, (nuint)buffer.Length);
        if (length < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            return errno == Errno.EINVAL ? SourceStatus.Missing : StatusOf(errno);
        }

        target = Encoding.UTF8.GetString(buffer[..(int)length]);
        return SourceStatus.Ok;
    }

    /// <inheritdoc/>
    public bool Exists(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return FileCalls.Access(FileCalls.AT_FDCWD, path, FileCalls.F_OK, FileCalls.AT_SYMLINK_NOFOLLOW) == 0;
    }

    /// <inheritdoc/>
    public SourceStatus TryReadMsr(int cpu, uint register, out ulong value)
    {
        value = 0;
        using SafeFileHandle file = FileCalls.Open(CaptureLayout.MsrDevice(cpu), FileCalls.O_RDONLY | FileCalls.O_CLOEXEC);
        if (file.IsInvalid)
        {
            return StatusOf(Marshal.GetLastPInvokeError());
        }

        // The offset is the register's number. EIO: this CPU does not have it.
        ulong read = 0;
        nint length = FileCalls.ReadAt(file, MemoryMarshal.AsBytes(new Span<ulong>(ref read)), sizeof(ulong), register);
        if (length != sizeof(ulong))
        {
            return length < 0 ? StatusOf(Marshal.GetLastPInvokeError()) : SourceStatus.Failed;
        }

        value = read;
        return SourceStatus.Ok;
    }

    /// <inheritdoc/>
    public SourceStatus TryReadKernelLog(out IReadOnlyList<string> lines) => KernelLog.TryRead(out lines);

    /// <inheritdoc/>
    public SourceStatus TryReadTsc(out TscReading frequency) => TscFrequency.TryRead(out frequency);

    internal static SourceStatus StatusOf(int errno) => errno switch
    {
        Errno.ENOENT or Errno.ENOTDIR or Errno.ENODEV or Errno.ENXIO => SourceStatus.Missing,
        Errno.EACCES or Errno.EPERM => SourceStatus.Denied,
        _ => SourceStatus.Failed,
    };
}
