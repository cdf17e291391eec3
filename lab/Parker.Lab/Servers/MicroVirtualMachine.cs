using System.Globalization;
using Parker.Machine;

namespace Parker.Lab.Servers;

/// <summary>QEMU's <c>microvm</c>, the leanest virtual machine that it has, with a kernel and nothing else: what a partition's start is compared with. Disposing it ends it.</summary>
public sealed class MicroVirtualMachine : IDisposable
{
    private readonly QemuProcess _qemu;
    private readonly string _folder;

    private MicroVirtualMachine(QemuProcess qemu, string folder)
    {
        _qemu = qemu;
        _folder = folder;
    }

    /// <summary>What it wrote to its UART.</summary>
    public string ConsoleText() => File.Exists(Console(_folder)) ? EmulatedServer.ReadShared(Console(_folder)) : "";

    /// <summary>Starts it, under the same accelerator as a server.</summary>
    /// <param name="kernelImage">A bzImage.</param>
    /// <param name="initrd">Its initrd.</param>
    /// <param name="cpus">How many CPUs.</param>
    /// <param name="memory">How much memory.</param>
    /// <param name="commandLine">More parameters of the kernel.</param>
    /// <exception cref="LabException">QEMU is not installed.</exception>
    public static MicroVirtualMachine Start(string kernelImage, string initrd, int cpus, ByteSize memory, string commandLine)
    {
        string folder = Directory.CreateTempSubdirectory("parker-microvm-").FullName;
        return new MicroVirtualMachine(
            QemuProcess.Start(
                [
                    "-machine", "microvm,rtc=off",
                    "-accel", QemuArguments.Accelerator,
                    "-cpu", QemuArguments.Processor,
                    "-nodefaults", "-no-user-config", "-no-reboot",
                    "-display", "none",
                    "-smp", cpus.ToString(CultureInfo.InvariantCulture),
                    "-m", string.Create(CultureInfo.InvariantCulture, $"{memory.Bytes >> 20}M"),
                    "-kernel", kernelImage,
                    "-initrd", initrd,
                    "-append", string.Create(CultureInfo.InvariantCulture, $"tsc_early_khz={EmulatedServer.HostTscKhz()} tsc=reliable {commandLine}"),
                    "-serial", "file:" + Console(folder),
                ],
                Path.Combine(folder, "qemu.log")),
            folder);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _qemu.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Console(string folder) => Path.Combine(folder, "console.log");
}
