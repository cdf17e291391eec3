using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Linux.Machines;

/// <summary>The interrupt command register as two words of the APIC page: destination at 0x310, command at 0x300.</summary>
/// <remarks>
/// An interrupt between the two stores whose handler sends an IPI changes the destination, and the command would reach another CPU: an INIT there stops it for good. User space
/// cannot clear the interrupt flag, but the task priority register lies in the same page: with priority 255 the local APIC holds back every maskable interrupt (Intel SDM
/// volume 3, "Task and Processor Priorities"), so nothing comes between the stores, and the thread, which makes no system call there, stays where it is. What is left are
/// NMIs and SMIs; the destination is read back and compared before the command, and a change that is seen is an attempt that sent nothing, and is repeated.
/// </remarks>
internal sealed unsafe class Xapic : ILocalApic
{
    private const long Page = 0xFEE00000;
    private const int Attempts = 100;
    private const string Path = "/dev/mem";

    /// <summary><c>uint send(nint page, uint destination, uint command)</c>: 0 sent; 1 a command is pending; 2 the destination was changed in between.</summary>
    internal static ReadOnlySpan<byte> SendCode =>
    [
        0x44, 0x8B, 0x87, 0x80, 0x00, 0x00, 0x00, // mov r8d, [rdi+0x80]: the priority, to be restored
        0xC7, 0x87, 0x80, 0x00, 0x00, 0x00, 0xFF, 0x00, 0x00, 0x00, // mov dword [rdi+0x80], 0xff
        0x8B, 0x87, 0x80, 0x00, 0x00, 0x00, // mov eax, [rdi+0x80]: the store has arrived
        0xB9, 0xE8, 0x03, 0x00, 0x00, // mov ecx, 1000
        0xF7, 0x87, 0x00, 0x03, 0x00, 0x00, 0x00, 0x10, 0x00, 0x00, // wait: test dword [rdi+0x300], 0x1000
        0x74, 0x0D, // jz idle
        0xF3, 0x90, // pause
        0xFF, 0xC9, // dec ecx
        0x75, 0xEE, // jnz wait
        0xB8, 0x01, 0x00, 0x00, 0x00, // mov eax, 1
        0xEB, 0x1B, // jmp restore
        0x89, 0xB7, 0x10, 0x03, 0x00, 0x00, // idle: mov [rdi+0x310], esi
        0x3B, 0xB7, 0x10, 0x03, 0x00, 0x00, // cmp esi, [rdi+0x310]
        0xB8, 0x02, 0x00, 0x00, 0x00, // mov eax, 2
        0x75, 0x08, // jne restore
        0x89, 0x97, 0x00, 0x03, 0x00, 0x00, // mov [rdi+0x300], edx
        0x31, 0xC0, // xor eax, eax
        0x44, 0x89, 0x87, 0x80, 0x00, 0x00, 0x00, // restore: mov [rdi+0x80], r8d
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

    public void SendNmi(ApicId destination) => Send(destination, InterruptCommand.Nmi);

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

            // SAFETY: the code above writes the two words of a command for one CPU by its physical ID, without a shorthand, into the APIC page, mapped until Dispose, and puts the
            // task priority back; the caller has a lease on that CPU, and the thread stays on one CPU, so all stores reach the same APIC. Interrupts are held for microseconds.
            uint result = _send(_registers.DangerousGetHandle(), destination.Value << 24, command);
            if (result == 0)
            {
                return;
            }
        }

        throw new MachineException("send an inter-processor interrupt", $"APIC ID {destination}", $"the local APIC was busy with other commands at {Attempts} attempts; nothing was sent");
    }
}
