using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Linux.Machines;

/// <summary>Detaches PCI functions from the Boot Kernel and gives them back, through sysfs.</summary>
/// <remarks>
/// The hold is <c>driver_override</c>: with a name there that no driver has, nothing binds (drivers/pci/pci-driver.c, <c>pci_match_device</c>), without a module of any kind.
/// </remarks>
internal static class FunctionBinder
{
    /// <summary>The driver name that no driver has.</summary>
    public const string Hold = "parker-held";

    private const int CommandOffset = 4;
    private const ushort MemoryDecoding = 1 << 1;
    private const ushort BusMaster = 1 << 2;

    public static FunctionBinding Read(PciAddress address)
    {
        string folder = Folder(address);
        string operation = $"read how {address} is bound";
        string driverOverride = KernelFile.Read(folder + "/driver_override", operation);
        return new FunctionBinding(
            address,
            KernelFile.LinkName(folder + "/driver"),
            driverOverride == "(null)" ? "" : driverOverride,
            KernelFile.Read(folder + "/power/control", operation),
            ReadCommand(address, operation));
    }

    public static void Take(FunctionBinding before)
    {
        string folder = Folder(before.Address);
        string operation = $"detach {before.Address}";
        KernelFile.Write(folder + "/driver_override", Hold, operation);
        Unbind(before.Address, operation);

        // Runtime power management suspends a function without a driver; the Application Kernel expects D0.
        KernelFile.Write(folder + "/power/control", "on", operation);
        WriteCommand(before.Address, (ushort)(ReadCommand(before.Address, operation) & ~BusMaster), operation);
    }

    public static string Quiesce(PciAddress address)
    {
        string operation = $"quiesce {address}";
        WriteCommand(address, (ushort)(ReadCommand(address, operation) & ~BusMaster), operation);
        string reset = Folder(address) + "/reset";
        if (!File.Exists(reset))
        {
            return "";
        }

        KernelFile.Write(reset, "1", operation);
        string methods = Folder(address) + "/reset_method";
        return File.Exists(methods) ? KernelFile.Read(methods, operation).Split(' ')[0] : "unknown";
    }

    public static void Return(FunctionBinding before)
    {
        string folder = Folder(before.Address);
        string operation = $"give {before.Address} back to {(before.Driver.Length == 0 ? "the Boot Kernel" : before.Driver)}";
        KernelFile.Write(folder + "/driver_override", before.DriverOverride.Length == 0 ? "\n" : before.DriverOverride, operation);
        Bind(before, operation);
        KernelFile.Write(folder + "/power/control", before.PowerControl, operation);
    }

    public static void TakeRootPort(FunctionBinding before)
    {
        string operation = $"unbind the port services of {before.Address}";
        KernelFile.Write(Folder(before.Address) + "/power/control", "on", operation);
        KernelFile.Write(Folder(before.Address) + "/driver_override", Hold, operation);
        Unbind(before.Address, operation);

        // The port driver switches the bridge's bus mastering off as it goes, and with it the DMA of all functions behind.
        WriteCommand(before.Address, (ushort)(before.Command | MemoryDecoding | BusMaster), operation);
    }

    private static string Folder(PciAddress address) => $"/sys/bus/pci/devices/{address}";

    private static void Unbind(PciAddress address, string operation)
    {
        string driver = Folder(address) + "/driver";
        if (KernelFile.LinkName(driver).Length == 0)
        {
            return;
        }

        KernelFile.Write(driver + "/unbind", address.ToString(), operation);
        if (KernelFile.LinkName(driver) is { Length: > 0 } still)
        {
            throw new MachineException(operation, driver, $"the kernel took the command, and {still} is still bound");
        }
    }

    private static void Bind(FunctionBinding before, string operation)
    {
        string driver = Folder(before.Address) + "/driver";
        string bound = KernelFile.LinkName(driver);
        if (before.Driver.Length == 0)
        {
            Unbind(before.Address, operation);
            WriteCommand(before.Address, before.Command, operation);
        }
        else if (bound != before.Driver)
        {
            Unbind(before.Address, operation);
            KernelFile.Write($"/sys/bus/pci/drivers/{before.Driver}/bind", before.Address.ToString(), operation);
        }
    }

    private static ushort ReadCommand(PciAddress address, string operation)
    {
        string path = Folder(address) + "/config";
        using SafeFileHandle file = KernelFile.Open(path, FileCalls.O_RDONLY, operation);
        Span<byte> value = stackalloc byte[2];
        if (FileCalls.ReadAt(file, value, 2, CommandOffset) != 2)
        {
            throw KernelFile.Failure(operation, path);
        }

        ushort command = BinaryPrimitives.ReadUInt16LittleEndian(value);
        return command != 0xFFFF ? command : throw new MachineException(operation, path, "its configuration space reads as ones: it is gone or asleep");
    }

    private static void WriteCommand(PciAddress address, ushort command, string operation)
    {
        string path = Folder(address) + "/config";
        using SafeFileHandle file = KernelFile.Open(path, FileWriteCalls.O_RDWR, operation);
        Span<byte> value = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(value, command);

        // SAFETY: the command register of a function that is being taken or given back; no driver of the Boot Kernel uses it.
        if (FileWriteCalls.WriteAt(file, value, 2, CommandOffset) != 2)
        {
            throw KernelFile.Failure(operation, path);
        }
    }
}
