using System.Diagnostics;
using System.Globalization;
using System.Text;
using Parker.Lab.Agents;
using Parker.Lab.Initramfs;
using Parker.Lab.Kernels;
using Parker.Linux.Sources;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;

namespace Parker.Lab.Servers;

/// <summary>A server that QEMU emulates, with a stock kernel and <c>parker</c> in the path. Disposing it switches it off.</summary>
/// <remarks>Every wait has a bound. What it wrote to its consoles is kept unless <see cref="KeepEvidence"/> is set to false.</remarks>
public sealed class EmulatedServer : IDisposable
{
    private const int DiskBytes = 64 << 20;
    private static readonly TimeSpan MonitorPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AgentPatience = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan TurnPatience = TimeSpan.FromMinutes(30);

    private readonly ServerFiles _files;
    private readonly QemuProcess _qemu;
    private readonly QemuMonitor _monitor;
    private readonly Stream? _turn;
    private AgentClient? _agent;

    private EmulatedServer(ServerSpec spec, ServerFiles files, QemuProcess qemu, QemuMonitor monitor, Stream? turn)
    {
        Spec = spec;
        _files = files;
        _qemu = qemu;
        _monitor = monitor;
        _turn = turn;
    }

    /// <summary>What it was made from, with the Boot Kernel and the kernels under <c>/boot</c>.</summary>
    public ServerSpec Spec { get; }

    /// <summary>Where its consoles are.</summary>
    public string Folder => _files.Folder;

    /// <summary>Whether its consoles and logs stay after it is gone.</summary>
    public bool KeepEvidence { get; set; } = true;

    /// <summary>How it ended; null while it runs.</summary>
    public ServerExit? Exit => _qemu.HasExited ? new ServerExit(_monitor.ShutdownReason, _qemu.ExitCode) : null;

    /// <summary>Its agent, once <see cref="WaitForAgent"/> has seen it.</summary>
    public AgentClient Agent => _agent ?? WaitForAgent();

    /// <summary>Builds its initramfs and switches it on.</summary>
    /// <param name="spec">What it is made of.</param>
    /// <param name="name">A word for the folder of its consoles.</param>
    /// <param name="say">Takes one line where something takes long.</param>
    /// <exception cref="LabException">It can not be built, with everything that is wrong, or does not start.</exception>
    public static EmulatedServer Start(ServerSpec spec, string name, Action<string>? say = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        DiagnosticBag diagnostics = [];
        if (!spec.Validate(diagnostics))
        {
            throw new LabException(string.Join('\n', diagnostics));
        }

        KernelCache cache = new(say);
        spec = spec with { BootKernel = spec.BootKernel ?? cache.Newest(KernelSeries.Linux612), Applications = spec.Applications ?? cache.All() };
        Stream? turn = WaitForTurn();
        string started = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        ServerFiles files = new(
            Path.Combine(LabFolders.Evidence, $"{name}-{started}-{Guid.NewGuid().ToString("N")[..6]}"), Directory.CreateTempSubdirectory("parker-lab-").FullName);
        QemuProcess? qemu = null;
        try
        {
            Directory.CreateDirectory(files.Folder);
            Prepare(spec, files);
            IReadOnlyList<string> arguments = QemuArguments.Of(spec, files, spec.BootKernel.ImagePath, HostTscKhz());
            File.WriteAllText(files.Command, QemuArguments.Program + " " + string.Join(' ', arguments.Select(word => word.Contains(' ') || word.Contains('$') ? $"'{word}'" : word)) + "\n");
            qemu = QemuProcess.Start(arguments, files.QemuLog);
            QemuProcess running = qemu;
            QemuMonitor monitor = QemuMonitor.Connect(files.Monitor, MonitorPatience, () => !running.HasExited, () => "QEMU says: " + ReadQemuLog(files));
            return new EmulatedServer(spec, files, qemu, monitor, turn);
        }
        catch
        {
            qemu?.Dispose();
            turn?.Dispose();
            Delete(files, keepEvidence: true);
            throw;
        }
    }

    /// <summary>Waits for the agent, which answers before the other drivers are loaded.</summary>
    /// <exception cref="LabException">It does not answer in time, or the server is gone.</exception>
    public AgentClient WaitForAgent(TimeSpan? timeout = null) => _agent ??= AgentClient.Connect(_files.Agent, timeout ?? AgentPatience, WhyEnded);

    /// <summary>Waits until the server's drivers are loaded and everything is as it will be.</summary>
    /// <exception cref="LabException">That takes too long, or the server is gone.</exception>
    public void WaitUntilReady(TimeSpan? timeout = null)
    {
        TimeSpan patience = timeout ?? AgentPatience;
        Stopwatch clock = Stopwatch.StartNew();
        WaitForAgent(patience);
        TimeSpan left = patience - clock.Elapsed;
        if (Agent.Run("until [ -e /run/lab-ready ]; do sleep 0.05; done", left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1)).ExitCode != 0)
        {
            throw new LabException($"The server's init did not come to its end within {patience.TotalSeconds:F0} s. {WhyEnded()}");
        }
    }

    /// <summary>Runs a command line in the server's shell, as root.</summary>
    /// <exception cref="LabException">The server went away.</exception>
    public CommandResult Run(string command, TimeSpan timeout) => Agent.Run(command, timeout);

    /// <summary>Connects to the agent of the Application Kernel that has the device of that number, which was made with an agent port.</summary>
    /// <exception cref="LabException">It does not answer in time, or the server is gone.</exception>
    public AgentClient ConnectApplicationAgent(int device, TimeSpan timeout) => AgentClient.Connect(_files.ApplicationAgent(device), timeout, WhyEnded);

    /// <summary>A command of QEMU's monitor, such as <c>info registers -a</c>, and its answer.</summary>
    /// <exception cref="LabException">QEMU is gone or refuses it.</exception>
    public string Monitor(string command) => _monitor.HumanCommand(command);

    /// <summary>What it wrote to its first UART: the Boot Kernel's console.</summary>
    public string ConsoleText() => ReadShared(_files.Console);

    /// <summary>What was written to its second UART, which a partition can get.</summary>
    public string SecondUartText() => ReadShared(_files.SecondUart);

    /// <summary>The address of the network card of that number among the devices.</summary>
    public static string MacAddress(int device) => QemuArguments.MacAddress(device);

    /// <summary>Waits for it to end by itself.</summary>
    /// <exception cref="LabException">It does not within that time.</exception>
    public ServerExit WaitForExit(TimeSpan timeout) => _qemu.WaitForExit(timeout)
        ? Exit!
        : throw new LabException($"The server did not end within {timeout.TotalSeconds:F0} s. {WhyEnded()}");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (KeepEvidence)
        {
            SaveProcessors();
        }

        _agent?.Dispose();
        _monitor.Dispose();
        _qemu.Dispose();
        _turn?.Dispose();
        Delete(_files, KeepEvidence);
    }

    /// <summary>Where each CPU stands and what it waits for: what a hang is told by.</summary>
    private void SaveProcessors()
    {
        if (Exit is not null)
        {
            return;
        }

        try
        {
            string[] commands = ["info registers -a", .. Enumerable.Range(0, Spec.Cpus.Cpus).Select(cpu => string.Create(CultureInfo.InvariantCulture, $"info lapic {cpu}"))];
            File.WriteAllText(_files.Processors, string.Join('\n', commands.Select(command => $"(qemu) {command}\n{Monitor(command)}")));
        }
        catch (LabException failure)
        {
            File.WriteAllText(_files.Processors, failure.Message);
        }
    }

    private static void Prepare(ServerSpec spec, ServerFiles files)
    {
        using (FileStream initramfs = new(files.Initramfs, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            ServerInitramfs.Write(
                initramfs,
                spec.BootKernel!,
                spec.Applications!,
                spec.Programs,
                spec.Files,
                spec.Iommu ? [(DmarOverride.Path, DmarOverride.Of(QemuArguments.RootPorts(spec)))] : [],
                spec.System);
        }

        if (spec.GrubWords is string words)
        {
            GrubDisk.Write(spec.BootKernel!.ImagePath, words, files);
        }

        for (int device = 0; device < spec.Devices.Count; device++)
        {
            if (spec.Devices[device].IsDisk)
            {
                using FileStream disk = new(files.Disk(device), FileMode.Create, FileAccess.Write);
                disk.SetLength(DiskBytes);
                disk.Write(Encoding.ASCII.GetBytes($"parker lab disk {device}\n"));
            }
        }
    }

    internal static long HostTscKhz() => new RunningMachineSource().TryReadTsc(out TscReading reading) == SourceStatus.Ok
        ? (long)Math.Round(reading.Hertz / 1000)
        : throw new LabException("The frequency of this machine's time stamp counter cannot be found, without which an emulated kernel's clock goes wrong.");

    // On a machine where several work at once, PARKER_LAB_LOCK names a file that one emulated server at a time holds.
    private static FileStream? WaitForTurn()
    {
        if (Environment.GetEnvironmentVariable("PARKER_LAB_LOCK") is not { Length: > 0 } path)
        {
            return null;
        }

        Stopwatch clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (clock.Elapsed < TurnPatience)
            {
                Thread.Sleep(100);
            }
        }
    }

    private string WhyEnded()
    {
        string state = Exit is ServerExit exit ? $"The server ended ({(exit.Reason.Length > 0 ? exit.Reason : "no reason given")}, QEMU's exit code {exit.ExitCode})." : "The server still runs.";
        string qemu = ReadQemuLog(_files);
        return $"{state} Its console is {_files.Console}.{(qemu.Length > 0 ? " QEMU says: " + qemu : "")}";
    }

    private static string ReadQemuLog(ServerFiles files) => (ReadShared(files.QemuLog) + ReadShared(files.QemuLog + ".err")).Trim();

    internal static string ReadShared(string path)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        return reader.ReadToEnd();
    }

    private static void Delete(ServerFiles files, bool keepEvidence)
    {
        Directory.Delete(files.Sockets, recursive: true);
        if (!keepEvidence)
        {
            Directory.Delete(files.Folder, recursive: true);
            return;
        }

        // Large, and made anew from the same sources.
        foreach (string path in (string[])[files.Initramfs, .. Directory.EnumerateFiles(files.Folder, "*.img")])
        {
            File.Delete(path);
        }
    }
}
