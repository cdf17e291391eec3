using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Linux.Machines;

/// <summary>The interrupt command register as two words of the APIC page: destination at 0x310, command at 0x300.</summary>
/// <remarks>
/// An interrupt between the two stores whose handler sends an IPI changes the destination, and the command would reach another CPU. User space cannot keep interrupts
/// off, so the window is made small: one piece of machine code stores the destination, reads it back, compares and stores the command; the thread is pinned, has the
/// highest real-time priority, so that nothing is scheduled in between, and has just slept, so that the timer tick lies behind it. What is left are the few instructions
/// between the comparison and the second store. A changed destination that the comparison sees is an attempt that sent nothing, and is repeated.
/// </remarks>
internal sealed unsafe class Xapic : ILocalApic
{
    private const long Page = 0xFEE00000;
    private const int Attempts = 100;
    private const string Path = "/dev/mem";

    /// <summary><c>uint send(nint page, uint destination, uint command)</c>: 0 sent; 1 a command is pending; 2 the destination was changed in between.</summary>
    internal static ReadOnlySpan<byte> SendCode =>
    [
        0xF7, 0x87, 0x00, 0x03, 0x00, 0x00, 0x00, 0x10, 0x00, 0x00, // test dword [rdi+0x300], 0x1000
        0x75, 0x18, // jnz pending
        0x89, 0xB7, 0x10, 0x03, 0x00, 0x00, // mov [rdi+0x310], esi
        0x3B, 0xB7, 0x10, 0x03, 0x00, 0x00, // cmp esi, [rdi+0x310]
        0x75, 0x10, // jne changed
        0x89, 0x97, 0x00, 0x03, 0x00, 0x00, // mov [rdi+0x300], edx
        0x31, 0xC0, // xor eax, eax
        0xC3, // ret
        0x90, // nop
        0xB8, 0x01, 0x00, 0x00, 0x00, // pending: mov eax, 1
        0xC3, // ret
        0xB8, 0x02, 0x00, 0x00, 0x00, // changed: mov eax, 2
        0xC3, // ret
    ];

    private readonly MappedMemory _registers;
    private readonly MappedMemory _code;
    private readonly delegate* unmanaged<nint, uint, uint, uint> _send;

    public Xapic()
    {
        using SafeFileHandle file = KernelFile.Open(Path, FileWriteCalls.O_RDWR | FileWriteCalls.O_SYNC, "open the local APIC's page");
        try
        {
            _registers = MappedMemory.OfFile(file, Path, 4096, MemoryCalls.PROT_READ | MemoryCalls.PROT_WRITE, Page);
        }
        catch (KernelException failure)
        {
            throw new MachineException(
                "map the local APIC's page",
                "/dev/mem at 0xfee00000",
                failure.Message.TrimEnd('.') + "; a kernel with CONFIG_IO_STRICT_DEVMEM allows it only when booted with iomem=relaxed",
                failure.Errno,
                failure);
        }

        _code = MappedMemory.OfCode(SendCode);
        _send = (delegate* unmanaged<nint, uint, uint, uint>)_code.DangerousGetHandle();
    }

    public void SendInit(ApicId destination)
    {
        Send(destination, InterruptCommand.InitAssert);
        Send(destination, InterruptCommand.InitDeassert);
    }

    public void SendStartup(ApicId destination, byte vector) => Send(destination, InterruptCommand.Startup(vector));

    public void Dispose()
    {
        _code.Dispose();
        _registers.Dispose();
    }

    private void Send(ApicId destination, uint command)
    {
        if (!destination.FitsXapic)
        {
            throw new MachineException("send an inter-processor interrupt", $"APIC ID {destination}", "it does not fit the 8 bits of xAPIC mode");
        }

        using PinnedThread pinned = PinnedThread.Enter();
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Thread.Sleep(1);

            // SAFETY: the code above writes two registers of the APIC page, mapped until Dispose: a command for one CPU by its physical ID, without a shorthand; the caller
            // has a lease on that CPU, and the thread stays on one CPU, so both stores reach the same APIC.
            uint result = _send(_registers.DangerousGetHandle(), destination.Value << 24, command);
            if (result == 0)
            {
                return;
            }
        }

        throw new MachineException("send an inter-processor interrupt", $"APIC ID {destination}", $"the local APIC was busy with other commands at {Attempts} attempts; nothing was sent");
    }
}
