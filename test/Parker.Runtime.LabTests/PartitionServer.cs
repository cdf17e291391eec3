using System.Globalization;
using System.Text;
using System.Text.Json;
using Parker.Lab;
using Parker.Lab.Agents;
using Parker.Lab.Initramfs;
using Parker.Lab.Kernels;
using Parker.Lab.Servers;

namespace Parker.Runtime.LabTests;

/// <summary>An emulated server with <c>parker</c> on it, as tests use it.</summary>
public sealed class PartitionServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly KernelCache _cache = new();
    private bool _failed;

    public PartitionServer(ServerSpec spec, string name)
    {
        New = _cache.Newest(KernelSeries.Linux612);
        Old = _cache.Newest(KernelSeries.Linux61);
        Cloud = _cache.Newest(KernelSeries.Linux61Cloud);
        Server = EmulatedServer.Start(spec with { Applications = [New, Old, Cloud] }, name);
        try
        {
            Server.WaitUntilReady();
        }
        catch
        {
            Server.Dispose();
            throw;
        }
    }

    public EmulatedServer Server { get; }

    /// <summary>The 6.12 kernel.</summary>
    public CachedKernel New { get; }

    /// <summary>The 6.1 kernel.</summary>
    public CachedKernel Old { get; }

    /// <summary>The 6.1 kernel of another configuration.</summary>
    public CachedKernel Cloud { get; }

    /// <summary>The options that name a kernel and its initrd on the server.</summary>
    public static string Boots(CachedKernel kernel) => $"--kernel /boot/vmlinuz-{kernel.Release} --initrd /boot/initrd-{kernel.Release}.img";

    /// <summary>One more kernel, with its initrd, on the server that runs.</summary>
    public CachedKernel Bring(KernelSeries series)
    {
        CachedKernel kernel = _cache.Newest(series);
        Server.Agent.CopyIn(kernel.ImagePath, $"/boot/vmlinuz-{kernel.Release}", Patience);
        using MemoryStream initrd = new(ApplicationInitrd.Bytes(kernel));
        Server.Agent.CopyIn(initrd, $"/boot/initrd-{kernel.Release}.img", UnixFileMode.UserRead, Patience);
        return kernel;
    }

    /// <summary>Runs a command line on the server.</summary>
    public CommandResult Run(string command) => Server.Run(command, Patience);

    /// <summary>The output of a command that must succeed.</summary>
    public string Output(string command) => Run(command).Expect().Trim();

    /// <summary>The JSON that a command writes.</summary>
    public JsonElement Json(string command)
    {
        using JsonDocument document = JsonDocument.Parse(Output(command));
        return document.RootElement.Clone();
    }

    /// <summary>A partition's state with its evidence.</summary>
    public (string State, string Evidence) Status(string name)
    {
        JsonElement status = Json($"parker status {name} -o json");
        return (status.GetProperty("state").GetString()!, status.GetProperty("evidence").GetProperty("text").GetString()!);
    }

    /// <summary>Waits for a state.</summary>
    /// <exception cref="LabException">It does not come in time; tells what came.</exception>
    public string Await(string name, string state, int seconds = 90)
    {
        long begun = Environment.TickCount64;
        while (true)
        {
            (string now, string evidence) = Status(name);
            if (now == state)
            {
                return evidence;
            }

            if (Environment.TickCount64 - begun > seconds * 1000L)
            {
                throw new LabException($"Partition {name} is {now} ({evidence}), not {state}, after {seconds} s. QEMU: {Server.Monitor("info registers -a")}");
            }

            Thread.Sleep(200);
        }
    }

    /// <summary>Waits until something is written to the second UART, which a partition has.</summary>
    /// <exception cref="LabException">It is not in time; tells what was.</exception>
    public void AwaitSecondUart(string text)
    {
        long begun = Environment.TickCount64;
        while (!Server.SecondUartText().Contains(text, StringComparison.Ordinal))
        {
            if (Environment.TickCount64 - begun > 90_000)
            {
                throw new LabException($"'{text}' is not written to the second UART after 90 s, but: {Server.SecondUartText()}");
            }

            Thread.Sleep(200);
        }
    }

    /// <summary>The address on the server of the first function of the device of that number.</summary>
    public string Device(int number) => Output("ls /sys/bus/pci/devices | grep -v '^0000:00:' | grep '\\.0$'").Split('\n', StringSplitOptions.RemoveEmptyEntries)[number];

    /// <summary>Connects to the agent in the partition that has the device of that number.</summary>
    public AgentClient Application(int device) => Server.ConnectApplicationAgent(device, TimeSpan.FromSeconds(90));

    /// <summary>What a partition leaves behind if it is not given back in order.</summary>
    public MachineSnapshot Snapshot() => MachineSnapshot.Take(this);

    /// <summary>To be called when a test ends: gives everything back that it left, and keeps the evidence where it failed.</summary>
    public void TestEnded()
    {
        bool failed = TestContext.Current.TestState?.Result is not TestResult.Passed;
        _failed |= failed;
        if (failed && Server.Exit is null)
        {
            File.WriteAllText(
                Path.Combine(Server.Folder, $"{TestContext.Current.TestMethod?.MethodName}.txt"),
                Evidence());
        }

        if (Server.Exit is null)
        {
            Run("for p in $(parker list | sed '1d;s/ .*//'); do parker destroy --now $p; done");
        }
    }

    /// <summary>What a hang is told by: partitions, journal, and where each CPU, each task and each timer of the Boot Kernel stands.</summary>
    private string Evidence()
    {
        StringBuilder evidence = new(Run("parker list; cat /run/parker/journal /run/parker-daemon.log; journalctl --no-pager; cat /proc/interrupts; for k in q l t; do echo $k >/proc/sysrq-trigger; sleep 1; done; dmesg").Output);
        foreach (string command in (string[])["info registers -a", .. Enumerable.Range(0, Server.Spec.Cpus.Cpus).Select(cpu => string.Create(CultureInfo.InvariantCulture, $"info lapic {cpu}"))])
        {
            evidence.Append("(qemu) ").AppendLine(command).AppendLine(Server.Monitor(command));
        }

        return evidence.ToString();
    }

    public void Dispose()
    {
        Server.KeepEvidence = _failed;
        Server.Dispose();
    }
}
