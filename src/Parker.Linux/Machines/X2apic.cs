using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;
using Parker.Machine;

namespace Parker.Linux.Machines;

/// <summary>The interrupt command register as MSR 0x830: destination and command in one write, which nothing can come between.</summary>
/// <remarks>Intel SDM volume 3, "ICR Operation in x2APIC Mode".</remarks>
internal sealed class X2apic : ILocalApic
{
    private const long Register = 0x830;

    private readonly SafeFileHandle _msr;
    private readonly string _path;

    /// <param name="cpu">An online CPU; its APIC sends.</param>
    public X2apic(int cpu)
    {
        _path = string.Create(CultureInfo.InvariantCulture, $"/dev/cpu/{cpu}/msr");
        _msr = KernelFile.Open(_path, FileWriteCalls.O_WRONLY, "open the interrupt command register");
    }

    public void SendInit(ApicId destination) => Send(destination, InterruptCommand.Init);

    public void SendStartup(ApicId destination, byte vector) => Send(destination, InterruptCommand.Startup(vector));

    public void SendNmi(ApicId destination) => Send(destination, InterruptCommand.Nmi);

    public void Dispose() => _msr.Dispose();

    private void Send(ApicId destination, uint command)
    {
        Span<byte> value = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(value, ((ulong)destination.Value << 32) | command);

        // SAFETY: a command for one CPU by its physical ID, without a shorthand; the caller has a lease on that CPU.
        if (FileWriteCalls.WriteAt(_msr, value, 8, Register) != 8)
        {
            throw KernelFile.Failure("send an inter-processor interrupt", _path);
        }
    }
}
