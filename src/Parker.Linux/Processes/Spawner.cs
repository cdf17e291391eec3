using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;

namespace Parker.Linux.Processes;

/// <summary>One call of posix_spawn.</summary>
internal static unsafe class Spawner
{
    /// <summary>Starts a process as the leader of a new session, with all signals as they are by default.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="terminal">Path of its terminal, for standard input, output and error; null where they are the pipes.</param>
    /// <param name="output">Its standard output.</param>
    /// <param name="error">Its standard error.</param>
    public static (int Process, SafeFileHandle End) Spawn(ChildStart start, string? terminal, SafeFileHandle? output, SafeFileHandle? error)
    {
        byte* actions = stackalloc byte[SpawnCalls.FileActionsSize];
        byte* attributes = stackalloc byte[SpawnCalls.AttributesSize];
        byte* signals = stackalloc byte[SpawnCalls.SignalSetSize];
        byte** arguments = Copy(start.Arguments);
        byte** environment = Copy(start.Environment);

        // SAFETY: the buffers have the sizes that libc's headers give (AbiTests), live until this method returns, and are initialised before and destroyed after
        // their use; both lists end with a null pointer and are freed after the call, which copies them.
        Check(SpawnCalls.InitFileActions(actions), start);
        Check(SpawnCalls.InitAttributes(attributes), start);
        try
        {
            Check(SpawnCalls.FillSignals(signals), start);
            Check(SpawnCalls.SetDefaultSignals(attributes, signals), start);
            Check(SpawnCalls.EmptySignals(signals), start);
            Check(SpawnCalls.SetSignalMask(attributes, signals), start);
            Check(SpawnCalls.SetFlags(attributes, SpawnCalls.POSIX_SPAWN_SETSIGDEF | SpawnCalls.POSIX_SPAWN_SETSIGMASK | SpawnCalls.POSIX_SPAWN_SETSID), start);

            // The first terminal that the leader of a new session opens becomes its own.
            Check(SpawnCalls.AddOpen(actions, 0, terminal ?? "/dev/null", terminal is null ? FileCalls.O_RDONLY : FileWriteCalls.O_RDWR, 0), start);
            Check(SpawnCalls.AddDuplicate(actions, output is null ? 0 : (int)output.DangerousGetHandle(), 1), start);
            Check(SpawnCalls.AddDuplicate(actions, error is null ? 0 : (int)error.DangerousGetHandle(), 2), start);
            if (start.Folder.Length > 0)
            {
                Check(SpawnCalls.AddChangeFolder(actions, start.Folder), start);
            }

            Check(SpawnCalls.Spawn(out int process, start.Arguments[0], actions, attributes, arguments, environment), start);
            SafeFileHandle end = ProcessCalls.OpenProcess(process);
            if (end.IsInvalid)
            {
                int errno = Marshal.GetLastPInvokeError();
                _ = ProcessCalls.Kill(process, ProcessCalls.SIGKILL);
                _ = ProcessCalls.Wait(process, out _, 0);
                Marshal.SetLastPInvokeError(errno);
                KernelException.ThrowLast("pidfd_open", start.Arguments[0]);
            }

            return (process, end);
        }
        finally
        {
            _ = SpawnCalls.DestroyFileActions(actions);
            _ = SpawnCalls.DestroyAttributes(attributes);
            Free(arguments);
            Free(environment);
        }
    }

    private static void Check(int error, ChildStart start)
    {
        if (error != 0)
        {
            Marshal.SetLastPInvokeError(error);
            KernelException.ThrowLast("posix_spawn", start.Arguments[0]);
        }
    }

    private static byte** Copy(IReadOnlyList<string> texts)
    {
        byte** list = (byte**)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Count; i++)
        {
            list[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        }

        return list;
    }

    private static void Free(byte** list)
    {
        for (byte** entry = list; *entry is not null; entry++)
        {
            Marshal.FreeCoTaskMem((nint)(*entry));
        }

        NativeMemory.Free(list);
    }
}
