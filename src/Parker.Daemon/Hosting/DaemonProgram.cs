using Microsoft.Extensions.Logging;
using Parker.Daemon.ControlFiles;
using Parker.Daemon.Events;
using Parker.Daemon.Http;
using Parker.Daemon.Partitions;
using Parker.Daemon.State;
using Parker.Linux.Files;
using Parker.Linux.Machines;
using Parker.Linux.Sources;
using Parker.Machine.Topology.Reading;
using Parker.Runtime.Images;

namespace Parker.Daemon.Hosting;

/// <summary>The daemon of this machine, from its start to SIGTERM.</summary>
public static partial class DaemonProgram
{
    private const string Group = "parker";

    // An earlier daemon that was killed may take a moment to be gone.
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Runs it. What runs in partitions goes on when it ends.</summary>
    /// <param name="stateFolder">The state folder, usually <see cref="StateFolder.DefaultPath"/>.</param>
    /// <param name="controlFiles">Where the control file system is; null for none.</param>
    /// <param name="texts">What it reads as where that is a listing.</param>
    /// <exception cref="IOException">Another process has the lock, or the socket or the journal cannot be had.</exception>
    /// <exception cref="Parker.Runtime.Journal.JournalCorruptException">It is not known what is held of the machine.</exception>
    public static async Task RunAsync(string stateFolder, ControlFilePlace? controlFiles, ControlFileTexts texts)
    {
        StateFolder state = StateFolder.Open(stateFolder);
        using LinuxMachine machine = new(state.Path);
        using ILoggerFactory loggers = LoggerFactory.Create(AddLogging);
        ILogger logger = loggers.CreateLogger("parker");

        // From the first: what is put in order when the journal is opened changes the machine, too.
        EventLog events = new() { Added = new AuditLog(logger).Write };
        using PartitionService service =
            PartitionService.Open(state, machine, new BootImageSource(machine.Clock), () => TopologyReader.Read(new RunningMachineSource()), LockTimeout, events);
        foreach (string sentence in service.Recovered.Concat(service.Adopted))
        {
            LogRecovered(logger, sentence);
        }

        using ServiceManager manager = new(Environment.GetEnvironmentVariable);
        using Supervisor supervisor = new(service, logger);
        using StateWatcher watcher = new(service, supervisor.Wake, logger, manager);
        service.Inspection.Warn = sentence => LogRecovered(logger, sentence);
        using KernelWatcher inside = new(service.Inspection);
        using ControlFileDoor? files = controlFiles is null ? null : ControlFileDoor.TryMount(service, controlFiles, texts, logger);
        await using ApiServer server = await ApiServer.StartAsync(service, state.Socket, AddLogging);
        OpenToGroup(state.Socket);
        LogReady(logger, state.Socket, Environment.ProcessId);
        manager.Ready();
        await server.WaitForShutdownAsync();
        manager.Stopping();
        LogEnds(logger);
    }

    // systemd says in JOURNAL_STREAM that standard error goes to its journal (systemd.exec(5)), which takes fields where it is spoken to directly.
    private static void AddLogging(ILoggingBuilder logging) => logging
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddProvider(
            Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 } && File.Exists(JournalLoggerProvider.SocketPath)
                ? new JournalLoggerProvider(JournalLoggerProvider.SocketPath)
                : new LineLoggerProvider(Console.Error));

    private static void OpenToGroup(string socket)
    {
        if (FileGroup.Find(Group) is uint group)
        {
            FileGroup.Give(socket, group);
        }

        File.SetUnixFileMode(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
    }

    [LoggerMessage(1, LogLevel.Warning, "{Sentence}")]
    private static partial void LogRecovered(ILogger logger, string sentence);

    [LoggerMessage(2, LogLevel.Information, "ready on {Socket}, process {Process}")]
    private static partial void LogReady(ILogger logger, string socket, int process);

    [LoggerMessage(3, LogLevel.Information, "ends; partitions go on")]
    private static partial void LogEnds(ILogger logger);
}
