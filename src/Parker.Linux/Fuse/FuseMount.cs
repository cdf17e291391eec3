using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;

namespace Parker.Linux.Fuse;

/// <summary>A mounted FUSE file system: the device that its requests come through, and its place. Needs root.</summary>
public sealed class FuseMount : IDisposable
{
    private const string DevicePath = "/dev/fuse";
    private const string MountsPath = "/proc/self/mountinfo";

    private readonly SafeFileHandle _device;
    private readonly string _path;
    private int _unmounted;

    private FuseMount(SafeFileHandle device, string path)
    {
        _device = device;
        _path = path;
    }

    /// <summary>Mounts. A mount of the same type that a process which died left at this place is taken away first.</summary>
    /// <param name="path">The folder to mount on, as a full path; made where it is missing.</param>
    /// <param name="subtype">What the file system is called: it shows as <c>fuse.SUBTYPE</c>.</param>
    /// <param name="othersMayEnter">Whether users but root may look in, as far as the files' modes let them.</param>
    /// <exception cref="KernelException">The kernel refuses it: no FUSE, no root, something else is mounted there.</exception>
    public static FuseMount Mount(string path, string subtype, bool othersMayEnter)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(subtype);
        string type = "fuse." + subtype;
        while (TypeOfMountAt(path) == type)
        {
            if (MountCalls.Unmount(path, MountCalls.MNT_DETACH) < 0)
            {
                KernelException.ThrowLast("umount", path);
            }
        }

        Directory.CreateDirectory(path);
        SafeFileHandle device = FileCalls.Open(DevicePath, FileWriteCalls.O_RDWR | FileCalls.O_CLOEXEC);
        if (device.IsInvalid)
        {
            device.Dispose();
            KernelException.ThrowLast("open", DevicePath);
        }

        string options = string.Create(
            CultureInfo.InvariantCulture,
            $"fd={device.DangerousGetHandle()},rootmode=40000,user_id=0,group_id=0,default_permissions{(othersMayEnter ? ",allow_other" : "")}");
        if (MountCalls.MountWithOptions(subtype, path, type, MountCalls.MS_NOSUID | MountCalls.MS_NODEV | MountCalls.MS_NOEXEC, options) < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            device.Dispose();
            Marshal.SetLastPInvokeError(errno);
            KernelException.ThrowLast("mount", path);
        }

        return new FuseMount(device, path);
    }

    /// <summary>Waits for one request.</summary>
    /// <param name="buffer">Takes it; at least 8 KiB, and a page more than the largest WRITE.</param>
    /// <returns>Its length; 0 when the file system is no longer mounted.</returns>
    /// <exception cref="KernelException">Reading fails.</exception>
    public int Read(Span<byte> buffer)
    {
        while (true)
        {
            nint length = FileCalls.Read(_device, buffer, (nuint)buffer.Length);
            if (length >= 0)
            {
                return (int)length;
            }

            // ENOENT: the request was taken back before it was read.
            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.EINTR or Errno.EAGAIN or Errno.ENOENT:
                    break;
                case Errno.ENODEV or Errno.ECONNABORTED or Errno.EPERM:
                    return 0;
                default:
                    KernelException.ThrowLast("read", DevicePath);
                    break;
            }
        }
    }

    /// <summary>Sends one answer or notification.</summary>
    /// <param name="message">Its bytes.</param>
    /// <returns>Whether it was taken; not where nobody waits for it any more.</returns>
    /// <exception cref="KernelException">The kernel finds the message wrong.</exception>
    public bool Write(ReadOnlySpan<byte> message)
    {
        while (FileWriteCalls.Write(_device, message, (nuint)message.Length) < 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.EINTR:
                    break;
                case Errno.ENOENT or Errno.ENODEV or Errno.ECONNABORTED or Errno.EPERM:
                    return false;
                default:
                    KernelException.ThrowLast("write", DevicePath);
                    break;
            }
        }

        return true;
    }

    /// <summary>Ends every request with an error and unmounts, even where files are open; <see cref="Read"/> then returns 0.</summary>
    public void Unmount()
    {
        if (Interlocked.Exchange(ref _unmounted, 1) == 0)
        {
            _ = MountCalls.Unmount(_path, MountCalls.MNT_FORCE | MountCalls.MNT_DETACH);
        }
    }

    /// <summary>Unmounts and closes the device.</summary>
    public void Dispose()
    {
        Unmount();
        _device.Dispose();
    }

    /// <summary>The type of the topmost mount at a place; empty where there is none.</summary>
    /// <remarks>proc_pid_mountinfo(5): the fifth field is the place, with octal escapes; the type is the first field behind a lone hyphen.</remarks>
    internal static string TypeOfMountAt(string path)
    {
        string place = Path.TrimEndingDirectorySeparator(path);
        string type = "";
        foreach (string line in File.ReadLines(MountsPath))
        {
            string[] fields = line.Split(' ');
            int hyphen = Array.IndexOf(fields, "-", 6);
            if (hyphen > 0 && hyphen + 1 < fields.Length && Unescape(fields[4]) == place)
            {
                type = fields[hyphen + 1];
            }
        }

        return type;
    }

    private static string Unescape(string field)
    {
        StringBuilder text = new(field.Length);
        for (int index = 0; index < field.Length; index++)
        {
            if (field[index] == '\\' && index + 3 < field.Length)
            {
                text.Append((char)(((field[index + 1] - '0') << 6) | ((field[index + 2] - '0') << 3) | (field[index + 3] - '0')));
                index += 3;
            }
            else
            {
                text.Append(field[index]);
            }
        }

        return text.ToString();
    }
}
