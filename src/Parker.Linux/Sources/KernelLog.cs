using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;
using Parker.Machine.Topology;

namespace Parker.Linux.Sources;

/// <summary>The Boot Kernel's log, from <c>/dev/kmsg</c> or, where that may not be read, from syslog(2).</summary>
internal static class KernelLog
{
    private const int MaxRecords = 1 << 20;

    // Larger than any record with its dictionary (kernel/printk, PRINTKRB_RECORD_MAX and twice as much for escapes).
    private const int RecordLength = 16 << 10;

    private static readonly SearchValues<byte> TimeOrCaller = SearchValues.Create("0123456789."u8);

    public static SourceStatus TryRead(out IReadOnlyList<string> lines)
    {
        SourceStatus status = TryReadDevice(out lines);
        return status == SourceStatus.Ok ? status : TryReadSyslog(out lines) == SourceStatus.Ok ? SourceStatus.Ok : status;
    }

    /// <summary>The text of one record of <c>/dev/kmsg</c>; null where a program wrote it and not the kernel.</summary>
    /// <remarks>
    /// Documentation/ABI/testing/dev-kmsg: <c>priority,sequence,time,flags;text</c> and a line end, then lines of a dictionary that start with a blank. The
    /// priority's bits above the lowest three are the facility; the kernel's is 0. What is not printable ASCII is written <c>\x1b</c>.
    /// </remarks>
    internal static string? TextOfRecord(ReadOnlySpan<byte> record)
    {
        int semicolon = record.IndexOf((byte)';');
        if (semicolon < 0 || !Utf8Parser.TryParse(record, out uint priority, out _) || priority > 7)
        {
            return null;
        }

        ReadOnlySpan<byte> text = record[(semicolon + 1)..];
        int end = text.IndexOf((byte)'\n');
        return Unescape(end < 0 ? text : text[..end]);
    }

    /// <summary>The text of a line of syslog(2): without <c>&lt;6&gt;</c> and <c>[    0.000000] </c>; null where a program wrote it.</summary>
    internal static string? TextOfLine(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("<"u8) && line.IndexOf((byte)'>') is int close and > 0)
        {
            if (!Utf8Parser.TryParse(line[1..], out uint priority, out _) || priority > 7)
            {
                return null;
            }

            line = line[(close + 1)..];
        }

        // With CONFIG_PRINTK_CALLER a second pair of brackets names the caller.
        while (line.StartsWith("["u8) && line.IndexOf((byte)']') is int bracket and > 0 && line[1..bracket].TrimStart(" TC"u8).IndexOfAnyExcept(TimeOrCaller) < 0)
        {
            line = line[(bracket + 1)..].TrimStart((byte)' ');
        }

        return Encoding.UTF8.GetString(line);
    }

    private static SourceStatus TryReadDevice(out IReadOnlyList<string> lines)
    {
        List<string> read = [];
        lines = read;
        using SafeFileHandle file = FileCalls.Open("/dev/kmsg", FileCalls.O_RDONLY | FileCalls.O_CLOEXEC | FileCalls.O_NONBLOCK);
        if (file.IsInvalid)
        {
            return RunningMachineSource.StatusOf(Marshal.GetLastPInvokeError());
        }

        byte[] record = new byte[RecordLength];
        for (int i = 0; i < MaxRecords; i++)
        {
            nint length = FileCalls.Read(file, record, (nuint)record.Length);
            if (length > 0)
            {
                if (TextOfRecord(record.AsSpan(0, (int)length)) is string text)
                {
                    read.Add(text);
                }

                continue;
            }

            switch (length == 0 ? Errno.EAGAIN : Marshal.GetLastPInvokeError())
            {
                case Errno.EAGAIN:
                    return SourceStatus.Ok;
                case Errno.EPIPE or Errno.EINTR or Errno.EINVAL:
                    // Overwritten while we read, or longer than the buffer: the next call gives the next record.
                    continue;
                case int errno:
                    lines = [];
                    return RunningMachineSource.StatusOf(errno);
            }
        }

        return SourceStatus.Ok;
    }

    private static SourceStatus TryReadSyslog(out IReadOnlyList<string> lines)
    {
        lines = [];
        int size = KernelLogCalls.Control(KernelLogCalls.SYSLOG_ACTION_SIZE_BUFFER, [], 0);
        if (size <= 0)
        {
            return RunningMachineSource.StatusOf(Marshal.GetLastPInvokeError());
        }

        byte[] buffer = new byte[size];
        int length = KernelLogCalls.Control(KernelLogCalls.SYSLOG_ACTION_READ_ALL, buffer, buffer.Length);
        if (length < 0)
        {
            return RunningMachineSource.StatusOf(Marshal.GetLastPInvokeError());
        }

        List<string> read = [];
        foreach (Range part in buffer.AsSpan(0, length).Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = buffer.AsSpan(0, length)[part];
            if (!line.IsEmpty && TextOfLine(line) is string text)
            {
                read.Add(text);
            }
        }

        lines = read;
        return SourceStatus.Ok;
    }

    private static string Unescape(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf((byte)'\\') < 0)
        {
            return Encoding.UTF8.GetString(text);
        }

        byte[] plain = new byte[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'\\'
                && i + 3 < text.Length
                && text[i + 1] == (byte)'x'
                && Utf8Parser.TryParse(text.Slice(i + 2, 2), out byte value, out int used, 'x')
                && used == 2)
            {
                // A record stays one line, and cannot move the cursor of a terminal.
                plain[length++] = value < 0x20 || value == 0x7f ? (byte)' ' : value;
                i += 3;
            }
            else
            {
                plain[length++] = text[i];
            }
        }

        return Encoding.UTF8.GetString(plain, 0, length);
    }
}
