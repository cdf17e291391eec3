using System.Diagnostics;
using System.Globalization;
using Parker.Lab.Agents;
using Parker.Lab.Kernels;
using Parker.Lab.Servers;

namespace Parker.Lab.Demo;

/// <summary><c>./run demo</c>: the main job in front of someone's eyes. Ends with 0 only if everything that it says was seen.</summary>
internal sealed class DemoProgram : IDisposable
{
    private const int DatabaseDisk = 0;
    private const int WebDisk = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly CachedKernel _new;
    private readonly CachedKernel _old;
    private readonly EmulatedServer _server;

    private DemoProgram()
    {
        KernelCache cache = new(Say);
        _new = cache.Newest(KernelSeries.Linux612);
        _old = cache.Newest(KernelSeries.Linux61);
        Title("An emulated server with 8 CPUs in 2 nodes boots a stock Debian kernel", "QEMU, no KVM, no root. It keeps 2 GiB of its memory free: the pool.");
        _server = EmulatedServer.Start(
            new ServerSpec
            {
                Cpus = new CpuTopology(2, 4, 1),
                Nodes = 2,
                Devices = [new DeviceSpec(DeviceKind.Nvme, WithAgentPort: true), new DeviceSpec(DeviceKind.VirtioBlk, WithAgentPort: true)],
                Applications = [_new, _old],
            },
            "demo",
            Say);
        _server.WaitUntilReady();
    }

    /// <summary>Runs the demo.</summary>
    /// <returns>0 where everything was as it should be, else 1.</returns>
    public static int Run()
    {
        try
        {
            using DemoProgram demo = new();
            demo.Show();
            demo._server.KeepEvidence = false;
            return 0;
        }
        catch (LabException failure)
        {
            Console.Error.WriteLine($"demo: {failure.Message}");
            return 1;
        }
    }

    public void Dispose() => _server.Dispose();

    private void Show()
    {
        Type("uname -r");
        Title("Can it be split? What is it made of?", "'parker' runs on the server as it would on metal: one native program, no module, no patch.");
        Type("parker check | tail -n 1");
        Type("parker topology --map");
        string[] disks = Ask("ls /sys/bus/pci/devices | grep -v '^0000:00:' | grep '\\.0$'").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Title("Two partitions: 'db' for a 6.12 kernel with an NVMe disk, 'web' for a 6.1 kernel with a virtio disk", "Each gets whole CPUs, memory of the pool and the PCI bus of its disk. So far nothing of the machine is taken.");
        Type($"parker create db --cpus 2 --memory 512M --device {disks[DatabaseDisk]} --kernel /boot/vmlinuz-{_new.Release} --initrd /boot/initrd-{_new.Release}.img");
        Type($"parker create web --cpus 2 --memory 384M --device {disks[WebDisk]} --kernel /boot/vmlinuz-{_old.Release} --initrd /boot/initrd-{_old.Release}.img");

        Title("Both start", "Their CPUs go offline, the disks leave their drivers, the kernels are loaded into the pool, and an INIT and a SIPI start each on its own CPU.");
        Type("parker start db web --wait running");
        Type("cat /sys/devices/system/cpu/online");
        Type("parker list");

        using (AgentClient db = _server.ConnectApplicationAgent(DatabaseDisk, Patience))
        using (AgentClient web = _server.ConnectApplicationAgent(WebDisk, Patience))
        {
            Title("What each kernel says of itself", "Asked through a port on its own PCI bus; the kernels do not know of each other.");
            Introduce("db", db, _new);
            Introduce("web", web, _old);
            Title("The kernel of 'web' panics", "On an ordinary machine this would be the end of everything on it.");
            Console.WriteLine("web# echo c > /proc/sysrq-trigger");
            web.Run("(sleep 0.5; echo c >/proc/sysrq-trigger) >/dev/null 2>&1 &", Patience).Expect();
            Await("web", "panicked");
            Type("parker list");
            Claim(db.Run("uname -r", Patience).Expect().Trim() == _new.Release, "the kernel of 'db' did not go on");
            Console.WriteLine($"'db' goes on: {db.Run("cut -d' ' -f1 /proc/uptime", Patience).Expect().Trim()} s up.");
        }

        Title("'web' starts again, then both shut down when asked, and everything is given back", "");
        Type("parker start web --wait running");
        Type("parker stop db web");
        Type("parker destroy db web");
        Type("cat /sys/devices/system/cpu/online");
        Claim(Ask("cat /sys/devices/system/cpu/online") == "0-7", "not every CPU came back");
        Claim(Ask("for d in " + string.Join(' ', disks) + "; do basename $(readlink /sys/bus/pci/devices/$d/driver); done") == "nvme\nvirtio-pci", "not every disk has its driver again");
        Claim(!Ask("dmesg").Contains("stall", StringComparison.OrdinalIgnoreCase), "the Boot Kernel stalled");
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"All of it was true, in {_clock.Elapsed.TotalSeconds:F0} s. './run lab' gives you a shell on such a server."));
    }

    private void Introduce(string name, AgentClient kernel, CachedKernel expected)
    {
        string Say(string command) => kernel.Run(command, Patience).Expect().Trim();
        string release = Say("uname -r");
        string disk = Say("ls /sys/block | grep -E '^(nvme[0-9]+n|vd)'");
        string cpus = Say("cat /sys/devices/system/cpu/online");
        Console.WriteLine($"{name}: Linux {release}, CPUs {cpus}, {Say("sed -n 's/^MemTotal: *//p' /proc/meminfo")} of memory, disk {disk}: \"{Say($"head -n 1 /dev/{disk}")}\"");
        Claim(release == expected.Release, $"'{name}' does not run {expected.Release}");
        Claim(cpus == "0-1", $"'{name}' does not have two CPUs");
    }

    /// <summary>Shows a command as it would be typed on the server, with its output; it must succeed.</summary>
    private void Type(string command)
    {
        Console.WriteLine($"server# {command}");
        Console.WriteLine(Ask(command));
    }

    private string Ask(string command) => _server.Run(command, Patience).Expect().Trim('\n');

    private void Await(string name, string state)
    {
        for (Stopwatch clock = Stopwatch.StartNew(); clock.Elapsed < Patience; Thread.Sleep(200))
        {
            if (Ask($"parker list | sed -n 's/^{name} *//p'").StartsWith(state, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new LabException($"'{name}' did not become {state} within {Patience.TotalSeconds:F0} s.");
    }

    private void Claim(bool isTrue, string otherwise)
    {
        if (!isTrue)
        {
            throw new LabException($"It was not true: {otherwise}. {_server.Folder} has the consoles.");
        }
    }

    private void Title(string title, string explanation)
    {
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"=== {title} [{_clock.Elapsed.TotalSeconds:F0} s]"));
        if (explanation.Length > 0)
        {
            Console.WriteLine($"    {explanation}");
        }

        Console.WriteLine();
    }

    private static void Say(string line) => Console.Error.WriteLine("demo: " + line);
}
