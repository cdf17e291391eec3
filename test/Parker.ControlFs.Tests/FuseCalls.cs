using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Parker.ControlFs.Protocol;
using Parker.ControlFs.Protocol.Structures;
using Parker.ControlFs.Sessions;

namespace Parker.ControlFs.Tests;

/// <summary>Sends requests to a session as the kernel does, and reads its answers.</summary>
internal sealed class FuseCalls
{
    /// <summary>Who makes the requests.</summary>
    public const uint Uid = 1000;

    /// <summary>The process that makes them.</summary>
    public const int Process = 4711;

    private readonly FuseSession _session;
    private readonly FakeChannel _channel;
    private ulong _unique = 100;

    /// <summary>A mounted session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="channel">Its channel.</param>
    /// <param name="minor">The kernel's minor version; 0 not to begin.</param>
    public FuseCalls(FuseSession session, FakeChannel channel, uint minor = 38)
    {
        _session = session;
        _channel = channel;
        if (minor > 0)
        {
            Assert.Equal(Errno.None, Call(FuseOpcode.Init, 0, [.. Bytes(new fuse_init_in { major = 7, minor = minor, flags = uint.MaxValue })]).Error);
        }
    }

    public static byte[] Bytes<T>(T structure)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(ref structure)).ToArray();

    public static T Read<T>(byte[] body)
        where T : unmanaged => MemoryMarshal.Read<T>(body);

    /// <summary>A whole request.</summary>
    public static byte[] Request(FuseOpcode opcode, ulong node, ulong unique, byte[] body) =>
        [.. Bytes(new fuse_in_header { len = (uint)(Unsafe.SizeOf<fuse_in_header>() + body.Length), opcode = (uint)opcode, unique = unique, nodeid = node, uid = Uid, pid = Process }), .. body];

    /// <summary>What a message says.</summary>
    public static (ulong Unique, int Code, byte[] Body) Split(byte[] message)
    {
        fuse_out_header head = MemoryMarshal.Read<fuse_out_header>(message);
        Assert.Equal((uint)message.Length, head.len);
        return (head.unique, head.error, message[Unsafe.SizeOf<fuse_out_header>()..]);
    }

    /// <summary>Sends without waiting.</summary>
    public ulong Send(FuseOpcode opcode, ulong node, byte[] body)
    {
        _session.Take(Request(opcode, node, ++_unique, body));
        return _unique;
    }

    public (Errno Error, byte[] Body) Call(FuseOpcode opcode, ulong node, byte[] body)
    {
        ulong unique = Send(opcode, node, body);
        (ulong answered, int code, byte[] answer) = Split(_channel.Receive());
        Assert.Equal(unique, answered);
        return ((Errno)(-code), answer);
    }

    public (Errno Error, fuse_entry_out Entry) Lookup(ulong parent, string name) => Entry(Call(FuseOpcode.Lookup, parent, Name(name)));

    public (Errno Error, fuse_entry_out Entry) MakeFolder(string name, ulong parent = 1) =>
        Entry(Call(FuseOpcode.Mkdir, parent, [.. Bytes(new fuse_mkdir_in { mode = 0x1ED }), .. Name(name)]));

    public Errno RemoveFolder(string name, ulong parent = 1) => Call(FuseOpcode.Rmdir, parent, Name(name)).Error;

    /// <summary>The node of a path of names below the root.</summary>
    public ulong Node(string path)
    {
        ulong node = 1;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            (Errno error, fuse_entry_out entry) = Lookup(node, name);
            Assert.True(error == Errno.None, $"{path}: {error}");
            node = entry.nodeid;
        }

        return node;
    }

    public ulong Open(string path, uint flags = 0)
    {
        (Errno error, byte[] body) = Call(FuseOpcode.Open, Node(path), Bytes(new fuse_open_in { flags = flags }));
        Assert.Equal(Errno.None, error);
        return Read<fuse_open_out>(body).fh;
    }

    public (Errno Error, string Text) ReadAt(ulong handle, ulong offset = 0, uint size = 4096)
    {
        (Errno error, byte[] body) = Call(FuseOpcode.Read, 0, Bytes(new fuse_read_in { fh = handle, offset = offset, size = size }));
        return (error, Encoding.UTF8.GetString(body));
    }

    public void Close(ulong handle) => Assert.Equal(Errno.None, Call(FuseOpcode.Release, 0, Bytes(new fuse_release_in { fh = handle })).Error);

    public string ReadFile(string path)
    {
        ulong handle = Open(path);
        (Errno error, string text) = ReadAt(handle);
        Assert.Equal(Errno.None, error);
        Close(handle);
        return text;
    }

    public Errno WriteFile(string path, string text)
    {
        ulong handle = Open(path, flags: 1);
        Errno error = WriteAt(handle, text);
        Close(handle);
        return error;
    }

    public Errno WriteAt(ulong handle, string text, ulong offset = 0)
    {
        byte[] data = Encoding.UTF8.GetBytes(text);
        (Errno error, byte[] body) = Call(FuseOpcode.Write, 0, [.. Bytes(new fuse_write_in { fh = handle, size = (uint)data.Length, offset = offset }), .. data]);
        Assert.True(error != Errno.None || Read<fuse_write_out>(body).size == data.Length);
        return error;
    }

    public fuse_attr Attributes(string path)
    {
        (Errno error, byte[] body) = Call(FuseOpcode.Getattr, Node(path), Bytes(default(fuse_getattr_in)));
        Assert.Equal(Errno.None, error);
        return Read<fuse_attr_out>(body).attr;
    }

    /// <summary>The names in a folder, read in pieces of a size.</summary>
    public List<string> List(string path, uint size = 4096)
    {
        ulong node = Node(path);
        List<string> names = [];
        ulong offset = 0;
        while (true)
        {
            (Errno error, byte[] body) = Call(FuseOpcode.Readdir, node, Bytes(new fuse_read_in { offset = offset, size = size }));
            Assert.Equal(Errno.None, error);
            if (body.Length == 0)
            {
                return names;
            }

            for (int at = 0; at < body.Length;)
            {
                fuse_dirent entry = MemoryMarshal.Read<fuse_dirent>(body.AsSpan(at));
                names.Add(Encoding.UTF8.GetString(body, at + Unsafe.SizeOf<fuse_dirent>(), (int)entry.namelen));
                offset = entry.off;
                at += (Unsafe.SizeOf<fuse_dirent>() + (int)entry.namelen + 7) & ~7;
            }
        }
    }

    public uint Poll(ulong handle, ulong pollHandle)
    {
        (Errno error, byte[] body) = Call(FuseOpcode.Poll, 0, Bytes(new fuse_poll_in { fh = handle, kh = pollHandle, flags = 1, events = 0xffff }));
        Assert.Equal(Errno.None, error);
        return Read<fuse_poll_out>(body).revents;
    }

    public static byte[] Name(string name) => [.. Encoding.UTF8.GetBytes(name), 0];

    private static (Errno Error, fuse_entry_out Entry) Entry((Errno Error, byte[] Body) answer) =>
        (answer.Error, answer.Error == Errno.None ? Read<fuse_entry_out>(answer.Body) : default);
}
