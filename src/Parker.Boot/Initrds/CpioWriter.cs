using System.Buffers.Binary;
using System.Text;

namespace Parker.Boot.Initrds;

/// <summary>Writes a cpio archive in the "newc" form, which the kernel unpacks as an initramfs: the same calls give the same bytes.</summary>
/// <remarks>
/// Documentation/driver-api/early-userspace/buffer-format.rst. Each entry:
/// <code>
/// 070701 ino mode uid gid nlink mtime filesize devmajor devminor rdevmajor rdevminor namesize check    6 + 13 x 8 hex digits
/// name, NUL, zeros up to a multiple of 4 (from the entry's start)
/// content, zeros up to a multiple of 4
/// </code>
/// Everything belongs to root, times are 0, and inode numbers count up, so nothing is taken for a hard link. The kernel makes no missing folders: they are added, with
/// mode 0755, before what lies in them. An entry that a later archive (or entry) has again is replaced by it, but for folders.
/// </remarks>
/// <param name="stream">Written to from its present position on; not closed.</param>
public sealed class CpioWriter(Stream stream) : IDisposable
{
    private const uint Fifo = 0x1000;
    private const uint CharacterDevice = 0x2000;
    private const uint Folder = 0x4000;
    private const uint BlockDevice = 0x6000;
    private const uint RegularFile = 0x8000;
    private const uint SymbolicLink = 0xa000;
    private const int HeaderLength = 110;

    // The kernel skips entries whose name is longer (init/initramfs.c, N_ALIGN(namelen) > PATH_MAX).
    private const int LongestName = 4095;
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private uint _inode;
    private bool _complete;

    /// <summary>Adds a folder; nothing happens where it was added before.</summary>
    /// <param name="path">Relative to the root, such as <c>usr/bin</c>; a leading slash may stand there.</param>
    /// <param name="mode">Its permissions.</param>
    public void AddDirectory(string path, UnixFileMode mode = FolderMode) => WriteFolder(Prepare(path), mode);

    /// <summary>Adds a file.</summary>
    /// <param name="path">Relative to the root.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="mode">Its permissions.</param>
    public void AddFile(string path, ReadOnlySpan<byte> content, UnixFileMode mode) => Write(Prepare(path), RegularFile | (uint)mode, links: 1, device: default, content);

    /// <summary>Adds a file from a stream, without holding it in memory.</summary>
    /// <param name="path">Relative to the root.</param>
    /// <param name="content">Read from its present position to its end; it can tell both.</param>
    /// <param name="mode">Its permissions.</param>
    /// <exception cref="EndOfStreamException">The stream gave other than the bytes that it told; the archive is then useless.</exception>
    public void AddFile(string path, Stream content, UnixFileMode mode)
    {
        ArgumentNullException.ThrowIfNull(content);
        string name = Prepare(path);
        long length = content.Length - content.Position;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, uint.MaxValue, nameof(content));
        long written = WriteHeader(name, RegularFile | (uint)mode, links: 1, device: default, (uint)length);
        byte[] buffer = new byte[1 << 16];
        long left = length;
        int read;
        while ((read = content.Read(buffer)) != 0)
        {
            left -= read;
            if (left < 0)
            {
                break;
            }

            stream.Write(buffer, 0, read);
        }

        if (left != 0)
        {
            throw new EndOfStreamException($"'{path}' had {length} bytes when its entry was begun, and changed since.");
        }

        Pad(written + length);
    }

    /// <summary>Adds a symbolic link.</summary>
    /// <param name="path">Relative to the root.</param>
    /// <param name="target">What it holds, as it stands.</param>
    public void AddSymbolicLink(string path, string target)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        byte[] content = Encoding.UTF8.GetBytes(target);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, LongestName, nameof(target));
        Write(Prepare(path), SymbolicLink | 0x1ff, links: 1, device: default, content);
    }

    /// <summary>Adds a character device.</summary>
    /// <param name="path">Relative to the root, such as <c>dev/console</c>.</param>
    /// <param name="major">Its major number.</param>
    /// <param name="minor">Its minor number.</param>
    /// <param name="mode">Its permissions.</param>
    public void AddCharacterDevice(string path, uint major, uint minor, UnixFileMode mode) => Write(Prepare(path), CharacterDevice | (uint)mode, links: 1, (major, minor), []);

    /// <summary>Adds a block device.</summary>
    /// <inheritdoc cref="AddCharacterDevice"/>
    public void AddBlockDevice(string path, uint major, uint minor, UnixFileMode mode) => Write(Prepare(path), BlockDevice | (uint)mode, links: 1, (major, minor), []);

    /// <summary>Adds a named pipe.</summary>
    /// <param name="path">Relative to the root.</param>
    /// <param name="mode">Its permissions.</param>
    public void AddFifo(string path, UnixFileMode mode) => Write(Prepare(path), Fifo | (uint)mode, links: 1, device: default, []);

    /// <summary>Writes the archive's end; nothing can be added after.</summary>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_complete, this);
        _complete = true;
        _inode = 0;
        WriteHeader("TRAILER!!!", mode: 0, links: 1, device: default, length: 0);
    }

    /// <summary>Completes the archive where that was not done.</summary>
    public void Dispose()
    {
        if (!_complete)
        {
            Complete();
        }
    }

    // Checks the name and adds the folders above it.
    private string Prepare(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ObjectDisposedException.ThrowIf(_complete, this);
        string name = path.Trim('/');
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) || name.Split('/').Any(part => part is "" or "." or "..") || Encoding.UTF8.GetByteCount(name) >= LongestName)
        {
            throw new ArgumentException($"'{path}' is no path of an archive.", nameof(path));
        }

        for (int slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            WriteFolder(name[..slash], FolderMode);
        }

        return name;
    }

    private void WriteFolder(string name, UnixFileMode mode)
    {
        if (_folders.Add(name))
        {
            Write(name, Folder | (uint)mode, links: 2, device: default, []);
        }
    }

    private void Write(string name, uint mode, uint links, (uint Major, uint Minor) device, ReadOnlySpan<byte> content)
    {
        long written = WriteHeader(name, mode, links, device, (uint)content.Length);
        stream.Write(content);
        Pad(written + content.Length);
    }

    // Header, name and their padding, whose length is returned: a multiple of 4.
    private long WriteHeader(string name, uint mode, uint links, (uint Major, uint Minor) device, uint length)
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name + "\0");
        uint inode = _complete ? 0 : ++_inode;
        ReadOnlySpan<uint> fields = [inode, mode, 0, 0, links, 0, length, 0, 0, device.Major, device.Minor, (uint)nameBytes.Length, 0];
        byte[] header = new byte[HeaderLength];
        "070701"u8.CopyTo(header);
        Span<byte> big = stackalloc byte[4];
        for (int index = 0; index < fields.Length; index++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(big, fields[index]);
            _ = Convert.TryToHexStringLower(big, header.AsSpan(6 + (8 * index), 8), out _);
        }

        stream.Write(header);
        stream.Write(nameBytes);
        return Pad(HeaderLength + nameBytes.Length);
    }

    private long Pad(long length)
    {
        ReadOnlySpan<byte> zeros = [0, 0, 0];
        int count = (int)(-length & 3);
        stream.Write(zeros[..count]);
        return length + count;
    }
}
