using System.Diagnostics;
using Parker.Machine;

namespace Parker.Boot.StubTests;

/// <summary>An emulated machine of two CPUs whose memory is a file: written before it starts, and read while it runs.</summary>
internal sealed class BareMachine : IDisposable
{
    // q35 puts RAM beyond 2 GiB above 4 GiB once there is this much of it (hw/i386/pc_q35.c).
    private const long LowMemoryBytes = 2L << 30;
    private const long MemoryBytes = 6L << 30;

    private readonly string _folder = Directory.CreateTempSubdirectory("parker-stubs-").FullName;
    private readonly FileStream _memory;
    private Process? _qemu;

    public BareMachine()
    {
        _memory = new FileStream(Path.Combine(_folder, "memory"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);
        _memory.SetLength(MemoryBytes);
    }

    public void Write(PhysicalAddress address, ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_memory.SafeFileHandle, bytes, OffsetOf(address));
    }

    public uint ReadUInt32(PhysicalAddress address) => BitConverter.ToUInt32(Read(address, 4));

    public ulong ReadUInt64(PhysicalAddress address) => BitConverter.ToUInt64(Read(address, 8));

    /// <summary>Runs until <paramref name="done"/>.</summary>
    /// <exception cref="TimeoutException">Not within 30 s; tells the registers of both CPUs.</exception>
    public void RunUntil(byte[] firmware, string cpu, Func<bool> done)
    {
        string bios = Path.Combine(_folder, "firmware");
        File.WriteAllBytes(bios, firmware);
        ProcessStartInfo start = new(
            "qemu-system-x86_64",
            [
                "-machine", "q35,accel=tcg,memory-backend=ram", "-cpu", cpu, "-smp", "2", "-m", "6G", "-nodefaults", "-display", "none", "-no-reboot",
                "-object", $"memory-backend-file,id=ram,size=6G,share=on,mem-path={_memory.Name}", "-bios", bios, "-monitor", "stdio",
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _qemu = Process.Start(start)!;
        long begun = Stopwatch.GetTimestamp();
        while (!done())
        {
            if (_qemu.HasExited)
            {
                throw new InvalidOperationException($"The machine reset itself or QEMU ended: exit code {_qemu.ExitCode}. {_qemu.StandardOutput.ReadToEnd()}");
            }

            if (Stopwatch.GetElapsedTime(begun) > TimeSpan.FromSeconds(30))
            {
                _qemu.StandardInput.Write("info registers -a\nquit\n");
                _qemu.StandardInput.Flush();
                throw new TimeoutException(_qemu.StandardOutput.ReadToEnd());
            }

            Thread.Sleep(5);
        }
    }

    public void Dispose()
    {
        if (_qemu is { HasExited: false })
        {
            _qemu.Kill();
            _qemu.WaitForExit();
        }

        _qemu?.Dispose();
        _memory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static long OffsetOf(PhysicalAddress address) => address < PhysicalAddress.FourGibibytes
        ? checked((long)address.Value)
        : checked((long)(address - PhysicalAddress.FourGibibytes).Bytes + LowMemoryBytes);

    private byte[] Read(PhysicalAddress address, int length)
    {
        byte[] bytes = new byte[length];
        RandomAccess.Read(_memory.SafeFileHandle, bytes, OffsetOf(address));
        return bytes;
    }
}
