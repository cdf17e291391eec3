using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Parker.ControlFs.Protocol.Structures;

namespace Parker.ControlFs.Protocol;

/// <summary>One request of the kernel, over the bytes it came in. Whatever they are, no view reaches outside of them.</summary>
/// <remarks>
/// <code>
/// fuse_in_header (40 bytes) | arguments of the opcode (0 to 88 bytes) | a name and its NUL, or data
/// </code>
/// </remarks>
internal readonly ref struct FuseRequest
{
    /// <summary>The longest name.</summary>
    public const int LongestName = 255;

    private readonly ReadOnlySpan<byte> _body;

    private FuseRequest(fuse_in_header header, ReadOnlySpan<byte> body)
    {
        Header = header;
        _body = body;
    }

    /// <summary>The head.</summary>
    public fuse_in_header Header { get; }

    /// <summary>What is asked for.</summary>
    public FuseOpcode Opcode => (FuseOpcode)Header.opcode;

    /// <summary>Reads a request's head and checks that its arguments are all there.</summary>
    /// <param name="bytes">What was read from the device.</param>
    /// <param name="request">The request; where only its arguments are wrong, with its head, so that it can be answered.</param>
    /// <returns>What is wrong; <see cref="Errno.EPROTO"/> where there is not even a head to answer to.</returns>
    public static Errno TryRead(ReadOnlySpan<byte> bytes, out FuseRequest request)
    {
        if (bytes.Length < Unsafe.SizeOf<fuse_in_header>())
        {
            request = default;
            return Errno.EPROTO;
        }

        fuse_in_header header = MemoryMarshal.Read<fuse_in_header>(bytes);
        request = new FuseRequest(header, bytes[Unsafe.SizeOf<fuse_in_header>()..]);
        return header.len != bytes.Length ? Errno.EPROTO : request.CheckArguments();
    }

    /// <summary>The arguments. <see cref="TryRead"/> has seen that they are there.</summary>
    public T Arguments<T>()
        where T : unmanaged => MemoryMarshal.Read<T>(_body);

    /// <summary>INIT's arguments, of which old kernels send only the first 16 bytes.</summary>
    public fuse_init_in InitArguments()
    {
        fuse_init_in arguments = default;
        int length = Math.Min(_body.Length, Unsafe.SizeOf<fuse_init_in>());
        _body[..length].CopyTo(MemoryMarshal.AsBytes(new Span<fuse_init_in>(ref arguments)));
        return arguments;
    }

    /// <summary>The name, without its NUL, of LOOKUP, UNLINK, RMDIR and MKDIR.</summary>
    public ReadOnlySpan<byte> Name
    {
        get
        {
            ReadOnlySpan<byte> rest = _body[NameStart..];
            int end = rest.IndexOf((byte)0);
            return end < 0 ? [] : rest[..end];
        }
    }

    /// <summary>The data of WRITE.</summary>
    public ReadOnlySpan<byte> Data => _body.Slice(Unsafe.SizeOf<fuse_write_in>(), (int)Arguments<fuse_write_in>().size);

    private int NameStart => Opcode == FuseOpcode.Mkdir ? Unsafe.SizeOf<fuse_mkdir_in>() : 0;

    private Errno CheckArguments()
    {
        if (_body.Length < LeastArguments())
        {
            return Errno.EINVAL;
        }

        return Opcode switch
        {
            FuseOpcode.Lookup or FuseOpcode.Mkdir or FuseOpcode.Unlink or FuseOpcode.Rmdir => CheckName(),
            FuseOpcode.Write => Arguments<fuse_write_in>().size <= (uint)(_body.Length - Unsafe.SizeOf<fuse_write_in>()) ? Errno.None : Errno.EINVAL,
            _ => Errno.None,
        };
    }

    private Errno CheckName()
    {
        if (_body[NameStart..].IndexOf((byte)0) < 0 || Name.IsEmpty || Name.Contains((byte)'/'))
        {
            return Errno.EINVAL;
        }

        return Name.Length > LongestName ? Errno.ENAMETOOLONG : Errno.None;
    }

    private int LeastArguments() => Opcode switch
    {
        FuseOpcode.Init => 16,
        FuseOpcode.Forget => sizeof(ulong),
        FuseOpcode.BatchForget => Unsafe.SizeOf<fuse_batch_forget_in>(),
        FuseOpcode.Interrupt => Unsafe.SizeOf<fuse_interrupt_in>(),
        FuseOpcode.Getattr => Unsafe.SizeOf<fuse_getattr_in>(),
        FuseOpcode.Setattr => Unsafe.SizeOf<fuse_setattr_in>(),
        FuseOpcode.Mkdir => Unsafe.SizeOf<fuse_mkdir_in>(),
        FuseOpcode.Open or FuseOpcode.Opendir => Unsafe.SizeOf<fuse_open_in>(),
        FuseOpcode.Read or FuseOpcode.Readdir => Unsafe.SizeOf<fuse_read_in>(),
        FuseOpcode.Write => Unsafe.SizeOf<fuse_write_in>(),
        FuseOpcode.Release or FuseOpcode.Releasedir => Unsafe.SizeOf<fuse_release_in>(),
        FuseOpcode.Poll => Unsafe.SizeOf<fuse_poll_in>(),
        _ => 0,
    };
}
