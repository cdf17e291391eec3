using System.Diagnostics;
using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;

namespace Parker.ControlFs.Bench;

/// <summary>The yardstick: a process that sends each byte back.</summary>
internal static class PipePeer
{
    /// <summary>Sends back until standard input ends.</summary>
    public static void Echo()
    {
        using FileStream input = Unbuffered(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read);
        using FileStream output = Unbuffered(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write);
        Span<byte> buffer = stackalloc byte[1];
        while (input.Read(buffer) == 1)
        {
            output.Write(buffer);
        }
    }

    /// <summary>The microseconds that a byte takes there and back.</summary>
    public static double Measure(int rounds)
    {
        using Process peer = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["echo"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        using FileStream to = Unbuffered(Handle(peer.StandardInput.BaseStream), FileAccess.Write);
        using FileStream from = Unbuffered(Handle(peer.StandardOutput.BaseStream), FileAccess.Read);
        Span<byte> buffer = stackalloc byte[1];
        for (int round = 0; round < 1000; round++)
        {
            Turn(to, from, buffer);
        }

        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < rounds; round++)
        {
            Turn(to, from, buffer);
        }

        double time = Stopwatch.GetElapsedTime(start).TotalMicroseconds / rounds;
        peer.StandardInput.Close();
        peer.WaitForExit();
        return time;
    }

    private static void Turn(FileStream to, FileStream from, Span<byte> buffer)
    {
        to.Write(buffer);
        if (from.Read(buffer) != 1)
        {
            throw new InvalidOperationException("The other process has ended.");
        }
    }

    private static FileStream Unbuffered(SafeFileHandle handle, FileAccess access) => new(handle, access, bufferSize: 0);

    // The streams' own handles, around their buffers.
    private static SafeFileHandle Handle(Stream stream) => stream switch
    {
        PipeStream pipe => new SafeFileHandle(pipe.SafePipeHandle.DangerousGetHandle(), ownsHandle: false),
        FileStream file => file.SafeFileHandle,
        _ => throw new InvalidOperationException($"A process has streams that are neither pipes nor files: {stream.GetType()}."),
    };
}
