using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Parker.ControlFs.Protocol;
using Parker.ControlFs.Protocol.Structures;
using Parker.Linux;

namespace Parker.ControlFs.Sessions;

/// <summary>Speaks the FUSE protocol with the kernel, from its INIT until the file system is unmounted.</summary>
/// <remarks>
/// One thread reads. What can be answered at once it answers itself, without allocating; what is slow goes to a thread of its own, so that an interrupt is seen meanwhile:
/// the kernel lets a process that was killed go only when its request is answered.
/// </remarks>
internal sealed class FuseSession
{
    /// <summary>The most bytes of one WRITE; also of one READ.</summary>
    public const int LargestTransfer = 128 * 1024;

    private const int SlowStackSize = 512 * 1024;

    private const uint WantedFlags = FuseConstants.InitAtomicTruncate | FuseConstants.InitBigWrites | FuseConstants.InitParallelFolders
        | FuseConstants.InitAbortError | FuseConstants.InitMaxPages | FuseConstants.InitNoOpendir;

    private readonly IFuseChannel _channel;
    private readonly IFuseFileSystem _files;
    private readonly Action<Exception> _report;
    private readonly FuseAnswer _answer = new(LargestTransfer);
    private readonly ConcurrentBag<FuseAnswer> _spareAnswers = [];

    // The slow requests that are not answered yet.
    private readonly ConcurrentDictionary<ulong, byte> _waiting = new();

    // The slow requests that go on, whether somebody waits for them or not.
    private readonly ConcurrentDictionary<Thread, byte> _working = new();

    /// <summary>A session that has not begun.</summary>
    /// <param name="channel">The kernel.</param>
    /// <param name="files">What is mounted.</param>
    /// <param name="report">Told of faults of the file system itself; the request that found one is answered with EIO.</param>
    public FuseSession(IFuseChannel channel, IFuseFileSystem files, Action<Exception> report)
    {
        _channel = channel;
        _files = files;
        _report = report;
    }

    /// <summary>The protocol's minor version that both sides speak; 0 before INIT.</summary>
    public uint Minor { get; private set; }

    /// <summary>Reads and answers until the file system is unmounted.</summary>
    public void Run()
    {
        byte[] buffer = new byte[Math.Max(FuseConstants.MinReadBuffer, LargestTransfer + 4096)];
        int length;
        while ((length = _channel.Read(buffer)) > 0)
        {
            Take(buffer.AsSpan(0, length));
        }
    }

    /// <summary>Waits for what was begun, after <see cref="Run"/>.</summary>
    /// <param name="timeout">How long.</param>
    /// <returns>Whether all has ended.</returns>
    public bool AwaitCommands(TimeSpan timeout)
    {
        long begun = Stopwatch.GetTimestamp();
        bool allEnded = true;
        foreach (Thread thread in _working.Keys)
        {
            TimeSpan left = timeout - Stopwatch.GetElapsedTime(begun);
            allEnded &= thread.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        return allEnded;
    }

    /// <summary>Takes one request, and answers it now or, where it is slow, later.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        Errno fault = FuseRequest.TryRead(bytes, out FuseRequest request);
        if (fault == Errno.EPROTO || request.Opcode is FuseOpcode.Forget or FuseOpcode.BatchForget)
        {
            // Nobody waits for an answer to these. Nodes live as long as what they stand for, not as long as the kernel remembers them.
            return;
        }

        ulong unique = request.Header.unique;
        if (request.Opcode == FuseOpcode.Interrupt)
        {
            if (fault == Errno.None)
            {
                Interrupt(request.Arguments<fuse_interrupt_in>().unique);
            }

            return;
        }

        if (fault != Errno.None)
        {
            Send(_answer, unique, fault);
        }
        else if (request.Opcode == FuseOpcode.Init)
        {
            _answer.Clear();
            Send(_answer, unique, Negotiate(request.InitArguments(), _answer));
        }
        else if (request.Opcode == FuseOpcode.Destroy)
        {
            _answer.Clear();
            Send(_answer, unique, Errno.None);
        }
        else if (Minor == 0)
        {
            Send(_answer, unique, Errno.EPROTO);
        }
        else if (_files.IsSlow(request))
        {
            AnswerLater(bytes.ToArray(), unique);
        }
        else
        {
            Send(_answer, unique, AnswerNow(request, _answer));
        }
    }

    /// <summary>Tells the kernel that an open file is to be polled again.</summary>
    /// <param name="pollHandle">What its POLL gave as <c>kh</c>.</param>
    public void NotifyPoll(ulong pollHandle)
    {
        Span<byte> message = stackalloc byte[Unsafe.SizeOf<fuse_out_header>() + Unsafe.SizeOf<fuse_notify_poll_wakeup_out>()];
        MemoryMarshal.Write(message, new fuse_out_header { len = (uint)message.Length, error = FuseConstants.NotifyPoll });
        MemoryMarshal.Write(message[Unsafe.SizeOf<fuse_out_header>()..], new fuse_notify_poll_wakeup_out { kh = pollHandle });
        _ = _channel.Write(message);
    }

    private Errno Negotiate(fuse_init_in wanted, FuseAnswer answer)
    {
        if (wanted.major > FuseConstants.Major)
        {
            // The kernel asks again with this major version.
            answer.Add(new fuse_init_out { major = FuseConstants.Major, minor = FuseConstants.NewestMinor });
            return Errno.None;
        }

        if (wanted.major < FuseConstants.Major || wanted.minor < FuseConstants.OldestMinor)
        {
            return Errno.EPROTO;
        }

        Minor = Math.Min(wanted.minor, FuseConstants.NewestMinor);
        answer.Add(new fuse_init_out
        {
            major = FuseConstants.Major,
            minor = Minor,
            max_readahead = 0,
            flags = wanted.flags & WantedFlags,
            max_background = 16,
            congestion_threshold = 12,
            max_write = LargestTransfer,
            max_pages = LargestTransfer / 4096,
            time_gran = 1,
        });
        return Errno.None;
    }

    private void Interrupt(ulong unique)
    {
        // An unknown one was answered before the interrupt came. What was begun goes on: only the caller stops waiting for it.
        if (_waiting.TryRemove(unique, out _))
        {
            Send(_answer, unique, Errno.EINTR);
        }
    }

    // A thread for each: they wait for partitions, up to a minute, and must not take the threads that other doors answer with.
    private void AnswerLater(byte[] bytes, ulong unique)
    {
        _waiting[unique] = 0;
        Thread thread = new(
            () =>
            {
                try
                {
                    AnswerSlowly(bytes, unique);
                }
                finally
                {
                    _ = _working.TryRemove(Thread.CurrentThread, out _);
                }
            },
            SlowStackSize)
        {
            IsBackground = true,
            Name = "control file system",
        };
        _working[thread] = 0;
        thread.Start();
    }

    private void AnswerSlowly(byte[] bytes, ulong unique)
    {
        FuseAnswer answer = _spareAnswers.TryTake(out FuseAnswer? spare) ? spare : new FuseAnswer(LargestTransfer);
        _ = FuseRequest.TryRead(bytes, out FuseRequest request);
        Errno error = AnswerNow(request, answer);
        try
        {
            if (_waiting.TryRemove(unique, out _))
            {
                Send(answer, unique, error);
            }
        }
        catch (KernelException fault)
        {
            _report(fault);
        }

        _spareAnswers.Add(answer);
    }

    private Errno AnswerNow(in FuseRequest request, FuseAnswer answer)
    {
        answer.Clear();
        try
        {
            return _files.Answer(request, answer);
        }
#pragma warning disable CA1031 // A fault must not leave a process waiting for ever, nor take down the daemon.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _report(fault);
            return Errno.EIO;
        }
    }

    private void Send(FuseAnswer answer, ulong unique, Errno error) => _ = _channel.Write(answer.Finish(unique, error));
}
