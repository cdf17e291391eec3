using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Linux.Machines;

/// <summary>The register page of an Intel VT-d unit, mapped uncached from <c>/dev/mem</c>.</summary>
/// <remarks>
/// Needs root, and where a driver of the Boot Kernel has claimed the page, <c>iomem=relaxed</c>. Source: Intel VT-d specification, 11.4 "Register Descriptions": a command is
/// the present status without its one-shot bits, with one bit changed, and the unit has obeyed when the status shows it.
/// </remarks>
internal sealed unsafe class IommuUnitRegisters : IDisposable
{
    private const string Path = "/dev/mem";
    private const int VersionRegister = 0x00;
    private const int GlobalCommand = 0x18;
    private const int GlobalStatus = 0x1C;
    private const int FaultEventControl = 0x38;
    private const int QueueHead = 0x80;
    private const int QueueTail = 0x88;

    private const uint Translation = 1u << 31;
    private const uint QueuedInvalidation = 1u << 26;
    private const uint InterruptRemapping = 1u << 25;
    private const uint CompatibilityFormat = 1u << 23;
    private const uint InterruptMask = 1u << 31;

    // Set root table pointer, set fault log, write buffer flush, set interrupt remap table pointer: the status shows that they were done once.
    private const uint OneShot = (1u << 30) | (1u << 29) | (1u << 27) | (1u << 24);
    private const uint NoDevice = uint.MaxValue;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly PhysicalAddress _address;
    private readonly MappedMemory _registers;

    /// <summary>Maps the page.</summary>
    /// <param name="registers">Its address, host-physical.</param>
    /// <exception cref="MachineException">The kernel does not map it, or there is no unit.</exception>
    public IommuUnitRegisters(PhysicalAddress registers)
    {
        _address = registers;
        using SafeFileHandle file = KernelFile.Open(Path, FileWriteCalls.O_RDWR | FileWriteCalls.O_SYNC, $"open the IOMMU unit at {registers}");
        try
        {
            _registers = MappedMemory.OfFile(file, Path, 4096, MemoryCalls.PROT_READ | MemoryCalls.PROT_WRITE, (long)registers.Value);
        }
        catch (KernelException failure)
        {
            throw new MachineException(
                $"map the IOMMU unit at {registers}",
                $"{Path} at {registers}",
                failure.Message.TrimEnd('.') + "; where the Boot Kernel knows the unit, a kernel with CONFIG_IO_STRICT_DEVMEM allows it only when booted with iomem=relaxed",
                failure.Errno,
                failure);
        }

        if (Read(VersionRegister) is 0 or NoDevice)
        {
            _registers.Dispose();
            throw new MachineException($"read the IOMMU unit at {registers}", Unit, "no unit answers there");
        }
    }

    private string Unit => $"IOMMU unit at {_address}";

    /// <summary>Refuses a unit that somebody uses.</summary>
    /// <exception cref="MachineException">It translates addresses or remaps interrupts.</exception>
    public void CheckIdle()
    {
        uint status = Read(GlobalStatus);
        if ((status & (Translation | InterruptRemapping)) != 0)
        {
            string what = (status & Translation) != 0 ? "translates addresses" : "remaps interrupts";
            throw new MachineException("take the " + Unit, Unit, $"it {what} already (status 0x{status:x}): somebody else uses it");
        }
    }

    /// <summary>Switches translation, interrupt remapping and the invalidation queue off, and masks the unit's own interrupt. Off already: nothing happens.</summary>
    /// <exception cref="MachineException">The unit does not obey within a second.</exception>
    public void SwitchOff()
    {
        Write(FaultEventControl, Read(FaultEventControl) | InterruptMask);
        Clear(Translation, "translate addresses");
        Clear(InterruptRemapping, "remap interrupts");
        Clear(CompatibilityFormat, "let compatibility-format interrupts pass");

        // What is in the queue still ends: nobody puts more into it.
        AwaitTrue(() => (Read(GlobalStatus) & QueuedInvalidation) == 0 || ReadUInt64(QueueHead) == ReadUInt64(QueueTail), "empty its invalidation queue");
        Clear(QueuedInvalidation, "read its invalidation queue");
    }

    /// <inheritdoc/>
    public void Dispose() => _registers.Dispose();

    private void Clear(uint bit, string what)
    {
        uint status = Read(GlobalStatus);
        if ((status & bit) != 0)
        {
            Write(GlobalCommand, status & ~OneShot & ~bit);
            AwaitTrue(() => (Read(GlobalStatus) & bit) == 0, "stop to " + what);
        }
    }

    private void AwaitTrue(Func<bool> condition, string what)
    {
        long begun = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience)
            {
                throw new MachineException("switch the " + Unit + " off", Unit, $"it did not {what} within {Patience.TotalSeconds:0} s (status 0x{Read(GlobalStatus):x})", MachineException.TimedOut);
            }

            Thread.SpinWait(10);
        }
    }

    // SAFETY (the three below): the page is mapped until Dispose, the offsets are aligned and inside it, and the accesses are those that the registers allow.
    private uint Read(int register) => Volatile.Read(ref *(uint*)(_registers.DangerousGetHandle() + register));

    private ulong ReadUInt64(int register) => Volatile.Read(ref *(ulong*)(_registers.DangerousGetHandle() + register));

    // SAFETY: callers write only bits that switch something off; the partition's CPUs stand still and its devices are quiesced.
    private void Write(int register, uint value) => Volatile.Write(ref *(uint*)(_registers.DangerousGetHandle() + register), value);
}
